# Dot-sourced by every test file in its BeforeAll: the module under test, the emulator as a process, and a relay in
# front of it that writes down what was sent. Nothing here stands in for the module or the service.

Set-StrictMode -Version Latest
. (Join-Path -Path $PSScriptRoot -ChildPath 'PowerShell.ps1')

$script:TestKey = 'emulator-key'
$script:RefusingPort = $null
$script:OpenThings = [System.Collections.Generic.List[System.IDisposable]]::new()
$script:StateBefore = $env:XDG_STATE_HOME
$script:DataBefore = $env:XDG_DATA_HOME

function Import-TestModule {
    # A key of the person at the keyboard must never be spent by a test, and none of these may leak in.
    Remove-Item -Path env:RUNWARE_API_KEY, env:RUNWARE_API_URL, env:RUNWARE_TTS_VOICES -ErrorAction Ignore
    Reset-RecoveryLedger
    # Nor may the voices that this person has kept.
    $env:XDG_DATA_HOME = Join-Path -Path $TestDrive -ChildPath 'data'
    Import-Module -Name (Get-TestModulePath) -Force -Global
    Disconnect-TtsService
}

function Reset-RecoveryLedger {
    # For BeforeEach of the files whose tests speak: what one test has paid for spares no other its request, and nothing
    # is written into the state folder of the person at the keyboard.
    $env:XDG_STATE_HOME = Join-Path -Path $TestDrive -ChildPath "state-$([guid]::NewGuid().ToString('N'))"
}

function Use-SilentDevice {
    # Players of Linux find a device that takes all and is not heard, and no other. The caller restores the environment.
    $config = Join-Path -Path $TestDrive -ChildPath 'asound.conf'
    Set-Content -LiteralPath $config -Value 'pcm.!default { type null }'
    $env:ALSA_CONFIG_PATH = $config
    $env:PULSE_SERVER = 'unix:/nowhere'
}

function Get-TestModulePath {
    if ($env:RUNWARETTS_TEST_MODULE) { return $env:RUNWARETTS_TEST_MODULE }
    return (Resolve-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '../../artifacts/RunwareTts/RunwareTts.psd1')).Path
}

function Get-TestEmulatorPath {
    if ($env:RUNWARETTS_TEST_EMULATOR) { return $env:RUNWARETTS_TEST_EMULATOR }
    $built = Get-ChildItem -Path (Join-Path -Path $PSScriptRoot -ChildPath '../RunwareTts.Emulator/bin/*/*/RunwareTts.Emulator.dll') |
        Sort-Object -Property LastWriteTime -Descending | Select-Object -First 1
    if (-not $built) { throw 'The emulator is not built: dotnet build tests/RunwareTts.Emulator' }
    return $built.FullName
}

function Start-Emulator {
    # Starts the emulator; its first line tells where it listens.
    param([Parameter(Mandatory)] [string[]] $Argument)

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.UseShellExecute = $false
    # None of the streams is shared: whoever waits for the end of ours must not wait for the emulator.
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($one in @(Get-TestEmulatorPath) + $Argument) { $start.ArgumentList.Add($one) }
    # The runtime leaves its sockets in the temp folder when it is killed.
    $start.Environment['DOTNET_EnableDiagnostics'] = '0'

    $process = [System.Diagnostics.Process]::Start($start)
    $script:OpenThings.Add($process)
    $process.BeginErrorReadLine()
    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait([timespan]::FromMinutes(2)) -or $line.Result -notmatch '^listening on (?<url>http://\S+)$') {
        throw 'The emulator did not start.'
    }
    return $Matches.url
}

function Open-Emulator {
    # The service, on a free port. -Tiny answers at once, with a moment of silence.
    param([double] $TaskTime = 0, [switch] $Tiny)

    $seconds = $TaskTime.ToString([cultureinfo]::InvariantCulture)
    $voice = if ($Tiny) { 'tiny' } else { 'draft' }
    $url = Start-Emulator -Argument '--urls', 'http://127.0.0.1:0', '--key', $script:TestKey, '--task-time', $seconds, '--voice', $voice
    return [pscustomobject]@{ Url = $url; Control = $url -replace '/v1$', '/control' }
}

function Open-SpeechServer {
    # A server of the open weights, on a free port.
    param([Parameter(Mandatory)] [string] $Model, [string] $Kind = 'vllm')

    return [pscustomobject]@{ Url = Start-Emulator -Argument '--speech-server', $Kind, '--model', $Model, '--port', '0' }
}

function Get-Record {
    # What the emulator saw and charged so far.
    param([Parameter(Mandatory)] $Emulator)

    return Invoke-RestMethod -Uri "$($Emulator.Control)/record"
}

function Add-Fault {
    # Orders a fault or a shape of the next answers, as { on, fault, times, ... }.
    param([Parameter(Mandatory)] $Emulator, [Parameter(Mandatory)] [hashtable] $Order)

    Invoke-RestMethod -Uri "$($Emulator.Control)/fault" -Method Post -Body ($Order | ConvertTo-Json -Depth 5) | Out-Null
}

function Clear-Fault {
    # Nothing that was ordered will happen any more.
    param([Parameter(Mandatory)] $Emulator)

    Invoke-RestMethod -Uri "$($Emulator.Control)/fault" -Method Delete | Out-Null
}

function Add-EmulatorSwitch {
    # Changes how the service behaves where no page is clear, as { refuseAuto, refuseInline, failUpload, ... }.
    param([Parameter(Mandatory)] $Emulator, [Parameter(Mandatory)] [hashtable] $Switch)

    Invoke-RestMethod -Uri "$($Emulator.Control)/switches" -Method Post -Body ($Switch | ConvertTo-Json) | Out-Null
}

function Clear-EmulatorSwitch {
    # The emulator behaves as when it started.
    param([Parameter(Mandatory)] $Emulator)

    Invoke-RestMethod -Uri "$($Emulator.Control)/switches" -Method Delete | Out-Null
}

function Clear-EmulatorMedia {
    # No stored media is known any more.
    param([Parameter(Mandatory)] $Emulator)

    Invoke-RestMethod -Uri "$($Emulator.Control)/forget-media" -Method Post | Out-Null
}

function Get-Charge {
    # One object a charged task: taskUUID, model, text, voice, cost, clip (the SHA-256 of what was cloned).
    param([Parameter(Mandatory)] $Emulator)

    Invoke-RestMethod -Uri "$($Emulator.Control)/charges" | ForEach-Object { $_ }
}

function Close-TestResource {
    # For AfterAll: ends all that was opened, also when BeforeAll came only half way.
    foreach ($thing in $script:OpenThings) {
        if ($thing -is [System.Diagnostics.Process] -and -not $thing.HasExited) {
            $thing.Kill($true)
            $thing.WaitForExit()
        }
        $thing.Dispose()
    }
    $script:OpenThings.Clear()
    $script:RefusingPort = $null
    Disconnect-TtsService
    Remove-Item -Path env:RUNWARE_API_KEY, env:RUNWARE_API_URL -ErrorAction Ignore
    $env:XDG_STATE_HOME = $script:StateBefore
    $env:XDG_DATA_HOME = $script:DataBefore
}

function Open-Relay {
    # Passes everything on to the emulator, and remembers it. What is PUT it keeps, as a store for uploads.
    param([Parameter(Mandatory)] [string] $Url)

    if (-not ('RunwareTts.Pester.Relay' -as [type])) { Add-Type -TypeDefinition $script:RelaySource }
    $relay = [RunwareTts.Pester.Relay]::new($Url)
    $script:OpenThings.Add($relay)
    return $relay
}

function Get-SentTask {
    # The speech tasks that went through a relay, as they stood on the wire.
    param([Parameter(Mandatory)] $Relay)

    foreach ($body in $Relay.Bodies) {
        $body | ConvertFrom-Json -Depth 10 | Where-Object -Property taskType -EQ -Value 'audioInference'
    }
}

function Get-WireText {
    # A task without its id, so that two requests can be compared word by word.
    param([Parameter(Mandatory)] $Task)

    return $Task | Select-Object -ExcludeProperty taskUUID -Property * | ConvertTo-Json -Depth 10 -Compress
}

function Get-Outcome {
    # What an action gave, stream by stream; an error that ended it is the last one and stands in Thrown too.
    param([Parameter(Mandatory)] [scriptblock] $Action)

    $ErrorActionPreference = 'Continue'
    $WarningPreference = 'Continue'
    $items = [System.Collections.Generic.List[object]]::new()
    $thrown = $null
    try {
        & $Action 2>&1 3>&1 | ForEach-Object -Process { $items.Add($_) }
    }
    catch {
        $thrown = $_
    }

    $errors = @($items | Where-Object -FilterScript { $_ -is [System.Management.Automation.ErrorRecord] })
    return [pscustomobject]@{
        Output = @($items | Where-Object -FilterScript { $_ -isnot [System.Management.Automation.ErrorRecord] -and $_ -isnot [System.Management.Automation.WarningRecord] })
        Errors = @($errors) + @(if ($thrown) { $thrown })
        Warnings = @($items | Where-Object -FilterScript { $_ -is [System.Management.Automation.WarningRecord] } | ForEach-Object -MemberName Message)
        Thrown = $thrown
    }
}

function Wait-Until {
    # Until something has happened in another runspace or process. The bound is against a hang.
    param([Parameter(Mandatory)] [scriptblock] $Condition, [double] $Seconds = 120)

    $deadline = [datetime]::UtcNow.AddSeconds($Seconds)
    while (-not (& $Condition)) {
        if ([datetime]::UtcNow -gt $deadline) { throw "It did not happen within $Seconds s: $Condition" }
        Start-Sleep -Milliseconds 20
    }
}

function Get-ErrorName {
    # The id of an error without the name of the cmdlet that PowerShell adds.
    param([Parameter(Mandatory, ValueFromPipeline)] [System.Management.Automation.ErrorRecord] $ErrorRecord)

    process { ($ErrorRecord.FullyQualifiedErrorId -split ',')[0] }
}

function Get-RefusingPort {
    # A port that refuses every connection: it is taken, and nobody listens at it.
    if (-not $script:RefusingPort) {
        $socket = [System.Net.Sockets.Socket]::new('InterNetwork', 'Stream', 'Tcp')
        $script:OpenThings.Add($socket)
        $socket.Bind([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
        $script:RefusingPort = $socket.LocalEndPoint.Port
    }
    return $script:RefusingPort
}

function Get-NowhereUrl { return "http://127.0.0.1:$(Get-RefusingPort)/v1" }

function Invoke-AtPort {
    # Runs an action with a port for an HTTP listener, which cannot ask for a free one; with another one where something
    # listens there. Outgoing connections have ports beyond these.
    param([Parameter(Mandatory)] [scriptblock] $Action)

    foreach ($try in 1..20) {
        $given = & $Action (Get-Random -Minimum 20000 -Maximum 32000)
        if ("$($given.Thrown)" -notmatch 'listens on .* already') { return $given }
    }
    throw 'Twenty ports were in use.'
}

function Invoke-InCulture {
    param(
        [Parameter(Mandatory)] [cultureinfo] $Culture,
        [Parameter(Mandatory)] [scriptblock] $Action
    )

    $before = [cultureinfo]::CurrentCulture
    try {
        [cultureinfo]::CurrentCulture = $Culture
        & $Action
    }
    finally {
        [cultureinfo]::CurrentCulture = $before
    }
}

filter ConvertTo-OldTask {
    # A task that is a second old is asked for at once; the first look at a younger one comes when it is 0.75 s old.
    $_.Submitted = [datetimeoffset]::UtcNow.AddSeconds(-1)
    $_
}

function Open-Runspace {
    # A PowerShell of its own in this process, with the module loaded.
    $instance = [powershell]::Create()
    $instance.AddCommand('Import-Module').AddParameter('Name', (Get-TestModulePath)).Invoke() | Out-Null
    $instance.Commands.Clear()
    return $instance
}

function Invoke-OtherProcess {
    # Runs a script in a PowerShell of its own, as tomorrow's would be: nothing is shared with it but files. It gets the
    # path of the module and one value, and gives what it writes as JSON.
    param(
        [Parameter(Mandatory)] [scriptblock] $Action,
        [Parameter(Mandatory)] [hashtable] $Value,
        [Parameter(Mandatory)] [string] $Endpoint
    )

    $file = Join-Path -Path $TestDrive -ChildPath "process-$([guid]::NewGuid().ToString('N')).ps1"
    Set-Content -LiteralPath $file -Value @"
`$ErrorActionPreference = 'Stop'
`$env:RUNWARE_API_KEY = '$script:TestKey'
`$env:RUNWARE_API_URL = '$Endpoint'
Import-Module -Name '$(Get-TestModulePath)'
`$Value = ConvertFrom-Json -InputObject @'
$($Value | ConvertTo-Json -Depth 3 -Compress)
'@
& { $Action } | ConvertTo-Json -Depth 3 -AsArray -WarningAction Ignore
"@
    $output = Invoke-PowerShell -File $file
    if ($LASTEXITCODE -ne 0) { throw "The other process failed: $output" }
    return $output | Out-String | ConvertFrom-Json
}

function ConvertTo-Secure {
    param([Parameter(Mandatory)] [string] $Value)

    return [System.Net.NetworkCredential]::new('', $Value).SecurePassword
}

$script:RelaySource = @'
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace RunwareTts.Pester
{
    // By a socket: HttpListener has no port of its own choice, and needs a right on Windows.
    public sealed class Relay : IDisposable
    {
        private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
        private readonly HttpClient _client = new HttpClient();
        private readonly ConcurrentQueue<string> _bodies = new ConcurrentQueue<string>();
        private readonly ConcurrentQueue<string> _dryRuns = new ConcurrentQueue<string>();
        private readonly ConcurrentDictionary<string, byte[]> _uploads = new ConcurrentDictionary<string, byte[]>();
        private readonly string _target;

        public Relay(string target)
        {
            _target = target;
            _listener.Start();
            Url = "http://" + _listener.LocalEndpoint + "/v1";
            Task.Run(Serve);
        }

        public string Url { get; private set; }

        public string[] Bodies { get { return _bodies.ToArray(); } }

        public int Count { get { return _bodies.Count; } }

        /// <summary>The bodies among them that were only to be priced.</summary>
        public string[] DryRuns { get { return _dryRuns.ToArray(); } }

        /// <summary>What was PUT here, by path and query.</summary>
        public ConcurrentDictionary<string, byte[]> Uploads { get { return _uploads; } }

        public void Clear()
        {
            _bodies.Clear();
            _dryRuns.Clear();
            _uploads.Clear();
        }

        public void Dispose()
        {
            _listener.Stop();
            _client.Dispose();
        }

        private async Task Serve()
        {
            while (true)
            {
                TcpClient connection;
                try
                {
                    connection = await _listener.AcceptTcpClientAsync();
                }
                catch (Exception)
                {
                    // The relay was closed.
                    return;
                }

                _ = Task.Run(() => Pass(connection));
            }
        }

        private async Task Pass(TcpClient connection)
        {
            using (connection)
            {
                try
                {
                    BufferedStream stream = new BufferedStream(connection.GetStream());
                    string[] request = ReadLine(stream).Split(' ');
                    Dictionary<string, string> headers = ReadHeaders(stream);
                    byte[] body = ReadBody(stream, headers);
                    if (request[0] == "PUT")
                    {
                        _uploads[request[1]] = body;
                        Answer(stream, 200, new byte[0]);
                    }
                    else
                    {
                        await Forward(stream, headers, Encoding.UTF8.GetString(body));
                    }
                }
                catch (Exception)
                {
                    // The caller went away, or the emulator did: the connection ends as it would without a relay.
                    connection.Client.LingerState = new LingerOption(true, 0);
                }
            }
        }

        private async Task Forward(Stream stream, Dictionary<string, string> headers, string body)
        {
            string dryRun;
            string authorization;
            headers.TryGetValue("X-Runware-Dry-Run", out dryRun);
            headers.TryGetValue("Authorization", out authorization);
            _bodies.Enqueue(body);
            if (dryRun == "1")
                _dryRuns.Enqueue(body);
            using (HttpRequestMessage request = new HttpRequestMessage(HttpMethod.Post, _target))
            {
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                request.Headers.TryAddWithoutValidation("Authorization", authorization ?? "");
                if (dryRun != null)
                    request.Headers.TryAddWithoutValidation("X-Runware-Dry-Run", dryRun);
                using (HttpResponseMessage response = await _client.SendAsync(request))
                    Answer(stream, (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
            }
        }

        private static void Answer(Stream stream, int status, byte[] body)
        {
            string head = "HTTP/1.1 " + status + " Relayed\r\nContent-Type: application/json\r\nContent-Length: " + body.Length + "\r\nConnection: close\r\n\r\n";
            byte[] bytes = Encoding.ASCII.GetBytes(head);
            stream.Write(bytes, 0, bytes.Length);
            stream.Write(body, 0, body.Length);
            stream.Flush();
        }

        private static Dictionary<string, string> ReadHeaders(Stream stream)
        {
            Dictionary<string, string> headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (string line = ReadLine(stream); line.Length > 0; line = ReadLine(stream))
                headers[line.Substring(0, line.IndexOf(':'))] = line.Substring(line.IndexOf(':') + 1).Trim();
            return headers;
        }

        private static byte[] ReadBody(Stream stream, Dictionary<string, string> headers)
        {
            string length;
            if (headers.TryGetValue("Content-Length", out length))
                return ReadBytes(stream, int.Parse(length));
            MemoryStream body = new MemoryStream();
            if (!headers.ContainsKey("Transfer-Encoding"))
                return body.ToArray();
            for (int size = ReadSize(stream); size > 0; size = ReadSize(stream))
            {
                body.Write(ReadBytes(stream, size), 0, size);
                ReadLine(stream);
            }

            return body.ToArray();
        }

        private static int ReadSize(Stream stream)
        {
            return Convert.ToInt32(ReadLine(stream).Split(';')[0], 16);
        }

        private static byte[] ReadBytes(Stream stream, int count)
        {
            byte[] bytes = new byte[count];
            for (int read = 0, got; read < count; read += got)
            {
                got = stream.Read(bytes, read, count - read);
                if (got == 0)
                    throw new EndOfStreamException();
            }

            return bytes;
        }

        private static string ReadLine(Stream stream)
        {
            StringBuilder line = new StringBuilder();
            for (int next = stream.ReadByte(); next != '\n'; next = stream.ReadByte())
            {
                if (next < 0)
                    throw new EndOfStreamException();
                line.Append((char)next);
            }

            return line.ToString().TrimEnd('\r');
        }
    }
}
'@
