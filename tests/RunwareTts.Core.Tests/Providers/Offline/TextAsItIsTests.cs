using RunwareTts.Providers.Offline;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Offline;

/// <summary>Numbers, dates, units and signs are read by espeak-ng: it gets the text as it is.</summary>
public sealed class TextAsItIsTests
{
    [Theory]
    [InlineData("English", "Dr. Smith paid $3.50 on 12/03/2024 at 5:30 pm for 2.5 km² & 50% of #1 <b>ADHD</b> :-)")]
    [InlineData("English", "  1,000,000 of them…  then\t½ a “dozen” —\r\n\r\nNo. 7, e.g. www.example.com  ")]
    [InlineData("German", "Am 3.10.2024 um 17:30 Uhr, z. B. 1.234,5 kg für 9,99 €.")]
    [InlineData("French", "Le 1er mai, 1 234,5 km à 80 km/h, n° 5.")]
    [InlineData("Chinese", "2024年10月3日，气温-5℃，价格¥3.50。")]
    [InlineData("Japanese", "きょうは 2024/10/3、3.5kgで ¥500 です。")]
    [InlineData("Korean", "2024년 10월 3일, 3.5kg에 5,000원.")]
    [InlineData("Russian", "3.10.2024 в 17:30, 5 кг за 100 ₽.")]
    public async Task No_sign_of_it_is_changed_before(string language, string text)
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "text.txt");
        string wav = Path.Combine(folder.Path, "speech.wav");
        await File.WriteAllTextAsync(file, text);
        await EspeakNg.SpeakAsync(file, wav, language, DraftVoice.FindPreset("ryan")!, 1, CancellationToken.None);
        SpeechRequest request = RowReader.Read(new SpeechRow { Text = text, Language = language, Voice = "ryan", OutputFormat = "WAV" }).Request!;
        Assert.Equal(await File.ReadAllBytesAsync(wav), await DraftSpeaker.SpeakAsync(request, 0, CancellationToken.None));
    }
}
