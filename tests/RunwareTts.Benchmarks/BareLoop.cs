using System.Net.Http.Headers;
using System.Text.Json;
using RunwareTts.Emulator;
using RunwareTts.Requests;

namespace RunwareTts.Benchmarks;

/// <summary>What one writes in ten minutes: no ledger, no retry, no order, no check of what came, files written in place.</summary>
internal sealed class BareLoop(Uri endpoint) : IDisposable
{
    private readonly HttpClient _client = new();

    /// <param name="folder">Where the files go.</param>
    /// <param name="throttle">Rows at once.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="toDisk">A file is on the disk itself before the next row begins.</param>
    public async Task RunAsync(string folder, int throttle, IEnumerable<SpeechRow> rows, bool toDisk = false)
    {
        Directory.CreateDirectory(folder);
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = throttle }, async (row, token) =>
        {
            byte[] task = JsonSerializer.SerializeToUtf8Bytes(new[]
            {
                new
                {
                    taskType = "audioInference",
                    taskUUID = Guid.NewGuid(),
                    model = "alibaba:qwen@3-tts-1.7b-customvoice",
                    speech = new { text = row.Text, voice = row.Voice, language = row.Language },
                    outputFormat = "MP3",
                    deliveryMethod = "sync",
                    includeCost = true,
                },
            });
            using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(task) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", new EmulatorOptions().ApiKey);
            using HttpResponseMessage response = await _client.SendAsync(request, token);
            response.EnsureSuccessStatusCode();
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(token));
            string url = answer.RootElement.GetProperty("data")[0].GetProperty("audioURL").GetString()!;
            byte[] audio = await _client.GetByteArrayAsync(url, token);
            using FileStream file = File.Create(Path.Combine(folder, row.Id + ".mp3"), 1);
            file.Write(audio);
            file.Flush(toDisk);
        });
    }

    public void Dispose() => _client.Dispose();
}
