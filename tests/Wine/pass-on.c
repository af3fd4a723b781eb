/* Stands under Wine for a program of this machine: hands its arguments, folder and streams to tool-server.py. It is
   copied under the name of each program. espeak-ng and mecab read their arguments in the ANSI code page, as they do on
   Windows: a character that Windows-1252 lacks becomes a question mark. */
#include <winsock2.h>
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static SOCKET server;

static void send_all(const char *bytes, int count)
{
    while (count > 0)
    {
        int sent = send(server, bytes, count, 0);
        if (sent <= 0)
            ExitProcess(250);
        bytes += sent;
        count -= sent;
    }
}

static void receive_all(char *bytes, int count)
{
    while (count > 0)
    {
        int got = recv(server, bytes, count, 0);
        if (got <= 0)
            ExitProcess(251);
        bytes += got;
        count -= got;
    }
}

static int append(char *to, const wchar_t *text, int is_ansi)
{
    wchar_t wide[32768];
    char narrow[65536];
    if (is_ansi)
    {
        WideCharToMultiByte(1252, 0, text, -1, narrow, sizeof narrow, "?", NULL);
        MultiByteToWideChar(1252, 0, narrow, -1, wide, 32768);
        text = wide;
    }
    return WideCharToMultiByte(CP_UTF8, 0, text, -1, to, 65536, NULL, NULL);
}

static DWORD WINAPI feed(void *unused)
{
    char buffer[65536];
    DWORD got;
    (void)unused;
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), buffer, sizeof buffer, &got, NULL) && got > 0)
        send_all(buffer, (int)got);
    shutdown(server, SD_SEND);
    return 0;
}

static wchar_t folder[32768], self[32768];
static char message[1 << 20], data[1 << 20];

int main(void)
{
    WSADATA wsa;
    struct sockaddr_in address;
    wchar_t **arguments;
    wchar_t *name, *dot;
    int count, at = 0, is_ansi;

    WSAStartup(MAKEWORD(2, 2), &wsa);
    GetModuleFileNameW(NULL, self, 32768);
    name = wcsrchr(self, L'\\') + 1;
    dot = wcsrchr(name, L'.');
    if (dot)
        *dot = 0;
    is_ansi = _wcsicmp(name, L"espeak-ng") == 0 || _wcsicmp(name, L"mecab") == 0;
    GetCurrentDirectoryW(32768, folder);
    arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    at += append(message, folder, 0);
    at += append(message + at, name, 0);
    for (int n = 1; n < count; n++)
        at += append(message + at, arguments[n], is_ansi);

    server = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((u_short)atoi(getenv("RUNWARETTS_TOOL_PORT")));
    if (connect(server, (struct sockaddr *)&address, sizeof address) != 0)
    {
        fprintf(stderr, "tool-server.py does not listen\n");
        return 249;
    }

    send_all((char *)&at, 4);
    send_all(message, at);
    CreateThread(NULL, 0, feed, NULL, 0, NULL);
    for (;;)
    {
        unsigned char kind;
        int length;
        DWORD written;
        receive_all((char *)&kind, 1);
        receive_all((char *)&length, 4);
        if (kind == 0)
            ExitProcess((UINT)length);
        receive_all(data, length);
        WriteFile(GetStdHandle(kind == 1 ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE), data, (DWORD)length, &written, NULL);
    }
}
