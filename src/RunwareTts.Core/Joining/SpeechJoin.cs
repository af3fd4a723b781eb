using System.Globalization;
using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Tags;
using RunwareTts.Tools;

namespace RunwareTts.Joining;

/// <summary>
/// Joins audio files into one. Each part is checked and placed when it is added, so that a join that cannot succeed
/// fails early; the audio itself is only read when the file is written.
/// </summary>
public sealed class SpeechJoin : IDisposable
{
    private static readonly string[] Holes = [nameof(AudioFaults.Truncated), nameof(AudioFaults.Damaged)];

    private readonly JoinOptions _options;
    private readonly AudioFormat _format;
    private readonly string? _subtitlePath;
    private readonly List<PlacedPart> _parts = [];
    private readonly ChapterList _chapters = new();
    private SubtitleFile? _subtitle;
    private TtsAudioInfo? _first;
    private decimal? _cost;
    private int? _bitrate;
    private long _gap;
    private long _widenedGap;
    private int _sampleBytes = 2;
    private bool _keepsFrames;
    private bool _isEncodable;

    /// <exception cref="TtsException">As <see cref="Check(JoinOptions)"/>.</exception>
    public SpeechJoin(JoinOptions options)
    {
        _options = options;
        _format = Check(options);
        _subtitlePath = options.SubtitlePath;
        _keepsFrames = _format.Name == "MP3";
    }

    /// <summary>Whether a file can be made as these options say, before anything is paid for its parts.</summary>
    /// <returns>Its format.</returns>
    /// <exception cref="TtsException">
    /// InvalidRequest.OutputPath and others, NotSupported.Chapter, OutputExists, OfflineToolMissing.
    /// </exception>
    internal static AudioFormat Check(JoinOptions options)
    {
        AudioFormat format = SpeechCatalog.FindFormatByExtension(Path.GetExtension(options.OutputPath))
            ?? throw Errors.UnknownOutput(options.OutputPath);
        if (FullPath.IsDevice(options.OutputPath))
            throw Errors.OutputIsDevice(options.OutputPath);
        if (SafeName.UnseenIn(Path.GetFileName(options.OutputPath)) is { } unseen)
            throw Errors.UnseenInOutput(options.OutputPath, unseen);
        Errors.CheckGap("Gap", options.Gap);
        Errors.CheckGap("ParagraphGap", options.ParagraphGap ?? 0);
        if (options.Chapters && format.Name == "WAV")
            throw Errors.NotSupported("Chapter", "WAV", "players show none of it. Join into MP3, FLAC or OGG.");
        foreach (string path in new[] { options.OutputPath, options.SubtitlePath }.OfType<string>())
        {
            bool mayReplace = path == options.SubtitlePath ? options.MayReplaceSubtitle : options.Force;
            if (Directory.Exists(path) || File.Exists(path) && !mayReplace)
                throw Errors.OutputExists(path);
        }

        if (format.Name is not ("MP3" or "WAV"))
            Ffmpeg.RequireEncoder(format.Name);
        return format;
    }

    /// <summary>A warning for the user, now that all parts are there; null for none.</summary>
    public string? Caution => _widenedGap == 0 ? null : string.Format(
        CultureInfo.InvariantCulture,
        "ffmpeg was not found, so MP3 parts are joined by their frames, and every gap is at least {0:0.00} s. "
            + "Use -Gap {0:0.00} or more, join WAV parts into .wav, or install ffmpeg: {1}",
        Math.Ceiling(100m * _widenedGap / _first!.SampleRate) / 100,
        Program.Ffmpeg.InstallCommand);

    /// <exception cref="TtsException">
    /// AudioInvalid, FileNotFound, FileNotReadable, InvalidRequest.InputObject, OfflineToolMissing.
    /// </exception>
    public void Add(JoinPart part)
    {
        string output = Path.GetFullPath(_options.OutputPath);
        if (Path.GetFullPath(part.Path).Equals(output, StringComparison.OrdinalIgnoreCase))
            throw Errors.OutputIsPart(part.Path);
        TtsAudioInfo info = AudioFile.Read(part.Path);
        if (info.Faults.Intersect(Holes).Any())
            throw Errors.PartInvalid(part.Path, $"It is {string.Join(" and ", info.Faults).ToLowerInvariant()}.");
        if (info.Duration == TimeSpan.Zero)
            throw Errors.PartInvalid(part.Path, "It contains no sound.");
        _first ??= info;
        if (info.SampleRate != _first.SampleRate || info.Channels != _first.Channels)
            throw Errors.PartsDiffer(info, _first);

        Inspect(info);
        long start = _parts.Count == 0 ? 0 : _parts[_parts.Count - 1].End + _gap;
        PlacedPart placed = new(part.Path, info.Format, start, PlacedPart.CountSamples(info));
        _parts.Add(placed);
        double gap = part.EndsParagraph ? _options.ParagraphGap ?? _options.Gap : _options.Gap;
        _gap = (long)Math.Round(gap * info.SampleRate);
        _bitrate ??= _options.Bitrate ?? info.Bitrate;
        if (part.Cost is { } cost)
            _cost = (_cost ?? 0) + cost;
        if (_options.Chapters)
            _chapters.Add(part, placed);
        if (_subtitlePath is not null)
            AddSubtitle(_subtitlePath, part, placed);
    }

    /// <summary>Writes the file and its subtitles.</summary>
    /// <exception cref="TtsException">As Add, OutputNotWritten, OfflineToolMissing, OfflineToolFailed.</exception>
    public async Task<TtsJoinedSpeech> WriteAsync(CancellationToken token)
    {
        using PendingJoin pending = await MakeAsync(token).ConfigureAwait(false);
        await pending.CommitAsync().ConfigureAwait(false);
        return pending.Joined;
    }

    /// <summary>The file and its subtitles, complete and not named yet.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    internal async Task<PendingJoin> MakeAsync(CancellationToken token)
    {
        if (_first is null)
            throw Errors.NothingToJoin();
        IReadOnlyList<Chapter> chapters = _chapters.Close(_parts[_parts.Count - 1].End, _first.SampleRate);
        JoinWriter writer = MakeWriter(_first, chapters);
        PendingFile? file = null;
        try
        {
            file = new PendingFile(_options.OutputPath);
            await writer.WriteAsync(file.Stream, token).ConfigureAwait(false);
            TtsJoinedSpeech joined = new()
            {
                Path = _options.OutputPath,
                Audio = Check(file.Rewind()) with { Path = _options.OutputPath },
                Size = file.Stream.Length,
                Parts = _parts.Count,
                Chapters = chapters.Count,
                SubtitlePath = _subtitle?.Path,
                Cost = _cost,
            };
            PendingFile? subtitle = _subtitle is null ? null
                : await _subtitle.FinishAsync(token).ConfigureAwait(false);
            return new PendingJoin(joined, file, subtitle, _options);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (FileFault.Is(e))
                throw Errors.JoinNotWritten(_options.OutputPath, e);
            throw;
        }
    }

    public void Dispose() => _subtitle?.Dispose();

    private JoinWriter MakeWriter(TtsAudioInfo first, IReadOnlyList<Chapter> chapters)
    {
        int? bitrate = _keepsFrames ? null : JoinBitrate.Choose(_format, first.SampleRate, first.Channels, _bitrate);
        PcmFormat pcm = new(first.SampleRate, first.Channels, _sampleBytes);
        AudioEncoding encoding = new(_format.Name, null, null, bitrate);
        return new JoinWriter(_options, _parts, chapters, pcm, encoding, _keepsFrames);
    }

    // Decides how the parts are joined.
    private void Inspect(TtsAudioInfo part)
    {
        using FileStream stream = PlacedPart.OpenRead(part.Path!);
        switch (part.Format)
        {
            case "WAV":
                WavSamples wav = WavSamples.Find(stream);
                if (wav.Format.CountSamples(wav.Size, null) < PlacedPart.CountSamples(part))
                    throw Errors.PartInvalid(part.Path!, "Its samples are in several chunks; decoders read only one.");
                _sampleBytes = wav.IsOver16Bits ? 3 : _sampleBytes;
                break;
            case "FLAC":
                _sampleBytes = FlacStreamInfo.Read(stream).BitsPerSample > 16 ? 3 : _sampleBytes;
                break;
        }

        _keepsFrames = _keepsFrames && part.Format == "MP3" && KeepsFrames(new Mp3Frames(stream));
        if (_keepsFrames || _isEncodable || _format.Name == "WAV")
            return;
        // A join that cannot be encoded fails before more parts are paid for.
        JoinBitrate.Choose(_format, part.SampleRate, part.Channels, null);
        Ffmpeg.RequireEncoder(_format.Name);
        _isEncodable = true;
    }

    // Without ffmpeg, a gap that is too short for frames is widened.
    private bool KeepsFrames(Mp3Frames frames)
    {
        if (frames.First.IsFree)
            return false;
        if (_parts.Count == 0 || _gap >= frames.MinGap)
            return true;
        if (Program.Ffmpeg.Find() is not null)
            return false;
        _gap = frames.MinGap;
        _widenedGap = Math.Max(_widenedGap, _gap);
        return true;
    }

    private void AddSubtitle(string path, JoinPart part, PlacedPart placed)
    {
        string text = string.IsNullOrWhiteSpace(part.Text) ? throw Errors.NoSubtitle(part.Path) : part.Text!;
        try
        {
            if (_subtitle is null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                _subtitle = new SubtitleFile(path);
            }

            _subtitle.Add(placed.Start, placed.End, _first!.SampleRate, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Errors.JoinNotWritten(path, e);
        }
    }

    // A file only gets its final name if it is as long as its parts and gaps.
    private TtsAudioInfo Check(Stream stream)
    {
        try
        {
            TtsAudioInfo info = AudioCheck.Read(stream, _format.Name, _first!.SampleRate, _first.Channels);
            long surplus = PlacedPart.CountSamples(info) - _parts[_parts.Count - 1].End;
            return Math.Abs(surplus) < Mp3FrameHeader.MaxSamples ? info
                : throw new AudioFormatException(FormattableString.Invariant($"It is {surplus} samples too long."));
        }
        catch (AudioFormatException e)
        {
            throw Errors.JoinInvalid(_options.OutputPath, e);
        }
    }
}
