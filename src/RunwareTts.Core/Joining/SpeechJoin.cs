using System.Globalization;
using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Tools;

namespace RunwareTts.Joining;

/// <summary>
/// Joins audio files into one. Every part is read, checked and given its place when it is added, so that nothing is begun that
/// cannot be ended; of each is kept where it is and how long, and never its audio.
/// </summary>
public sealed class SpeechJoin : IDisposable
{
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
    private int _sampleBytes = 2;
    private bool _isFramed;
    private bool _isEncodable;
    private long _tightest;

    /// <exception cref="TtsException">As <see cref="Check(JoinOptions)"/>.</exception>
    public SpeechJoin(JoinOptions options)
    {
        _options = options;
        _format = Check(options);
        _subtitlePath = options.SubtitlePath;
        _isFramed = _format.Name == "MP3";
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
            throw Errors.NotSupported("Chapter", "WAV", "it has no chapters that players show. Join into MP3, FLAC or OGG.");
        foreach (string path in new[] { options.OutputPath, options.SubtitlePath }.OfType<string>())
        {
            bool mayReplace = path == options.SubtitlePath ? options.MayReplaceSubtitle : options.Force;
            if (Directory.Exists(path) || File.Exists(path) && !mayReplace)
                throw Errors.OutputExists(path);
        }

        if (format.Name is not ("MP3" or "WAV"))
            Program.Ffmpeg.Require(FfmpegPipe.Why(format.Name));
        return format;
    }

    /// <summary>Takes the next part.</summary>
    /// <exception cref="TtsException">AudioInvalid, FileNotFound, FileNotReadable, InvalidRequest.InputObject.</exception>
    public void Add(JoinPart part)
    {
        if (Path.GetFullPath(part.Path).Equals(Path.GetFullPath(_options.OutputPath), StringComparison.OrdinalIgnoreCase))
            throw Errors.OutputIsPart(part.Path);
        TtsAudioInfo info = AudioFile.Read(part.Path);
        if (info.Faults.Intersect(PlacedPart.Holes).Any())
            throw Errors.PartInvalid(part.Path, $"It is {string.Join(" and ", info.Faults).ToLowerInvariant()}.");
        if (info.Duration == TimeSpan.Zero)
            throw Errors.PartInvalid(part.Path, "There is no sound in it.");
        _first ??= info;
        if (info.SampleRate != _first.SampleRate || info.Channels != _first.Channels)
            throw Errors.PartsDiffer(info, _first);

        PlacedPart placed = new(part.Path, info.Format, _parts.Count == 0 ? 0 : _parts[_parts.Count - 1].End + _gap, PlacedPart.SamplesOf(info));
        LookInto(placed);
        _parts.Add(placed);
        _gap = (long)Math.Round((part.EndsParagraph ? _options.ParagraphGap ?? _options.Gap : _options.Gap) * info.SampleRate);
        _bitrate ??= _options.Bitrate ?? info.Bitrate;
        if (part.Cost is { } cost)
            _cost = (_cost ?? 0) + cost;
        if (_options.Chapters)
            _chapters.Add(part, placed);
        if (_subtitlePath is not null)
            Subtitle(part, placed, info.SampleRate);
    }

    /// <summary>What is not as good as it could be, now that all parts are there; null where nothing is.</summary>
    public string? Caution => IsByFrames && _tightest > 0
        ? string.Format(CultureInfo.InvariantCulture, "Without ffmpeg, MP3 parts are joined by their frames, and a gap as short as this has no room for what encoders put before and after the sound: the first hundredths of a second of a part may be missing. Use -Gap {0:0.00} or more, or install ffmpeg.", Math.Ceiling(100m * _tightest / _first!.SampleRate) / 100)
        : null;

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
        PcmFormat pcm = new(_first.SampleRate, _first.Channels, _sampleBytes);
        JoinWriter writer = new(_options, _format, _parts, pcm, IsByFrames, _bitrate, chapters);
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
            PendingFile? subtitle = _subtitle is null ? null : await _subtitle.FinishAsync(token).ConfigureAwait(false);
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

    // Frames are kept as they are while there is room for them; samples are exact where there is not.
    private bool IsByFrames => _isFramed && (_tightest == 0 || Program.Ffmpeg.Find() is null);

    // What decides how it is joined.
    private void LookInto(PlacedPart placed)
    {
        using FileStream stream = placed.Open();
        WavSamples? wav = placed.Format == "WAV" ? WavSamples.Find(stream) : null;
        if (wav is not null && wav.IsScattered(placed.Samples, _first!.Channels))
            throw Errors.PartInvalid(placed.Path, "Its samples stand in several chunks, of which decoders read one.");
        if (wav is { IsPlain: false } or { Bits: > 16 })
            _sampleBytes = 3;
        if (placed.Format == "FLAC" && FlacDepth(stream) > 16)
            _sampleBytes = 3;
        if (_isFramed)
        {
            Mp3Frames? frames = placed.Format == "MP3" ? new Mp3Frames(stream) : null;
            _isFramed = frames is { First.IsFree: false };
            if (_parts.Count > 0 && frames?.Room is { } room && _gap < room)
                _tightest = Math.Max(_tightest, room);
        }

        // What cannot be done is said before more parts are paid for.
        if (!_isFramed && !_isEncodable && _format.Name != "WAV")
        {
            JoinBitrate.For(_format, _first!.SampleRate, _first.Channels, null);
            Program.Ffmpeg.Require(FfmpegPipe.Why(_format.Name));
            _isEncodable = true;
        }
    }

    private void Subtitle(JoinPart part, PlacedPart placed, int rate)
    {
        string text = string.IsNullOrWhiteSpace(part.Text) ? throw Errors.NoSubtitle(part.Path) : part.Text!;
        try
        {
            if (_subtitle is null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_subtitlePath!)!);
                _subtitle = new SubtitleFile(_subtitlePath!);
            }

            _subtitle.Add(placed.Start, placed.End, rate, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Errors.JoinNotWritten(_subtitlePath!, e);
        }
    }

    /// <summary>No file bears its name that is not as long as its parts and gaps.</summary>
    private TtsAudioInfo Check(Stream stream)
    {
        try
        {
            TtsAudioInfo info = AudioCheck.Read(stream, _format.Name, _first!.SampleRate, _first.Channels);
            long off = PlacedPart.SamplesOf(info) - _parts[_parts.Count - 1].End;
            return Math.Abs(off) < Mp3Frame.MostSamples ? info : throw new AudioFormatException(FormattableString.Invariant($"It is out by {off} samples."));
        }
        catch (AudioFormatException e)
        {
            throw Errors.JoinInvalid(_options.OutputPath, e);
        }
    }

    private static int FlacDepth(Stream stream)
    {
        ByteSource source = new(stream);
        return FlacStreamInfo.Parse(source.Read(TagSkipper.SkipLeading(source) + 4, FlacStreamInfo.BlockSize)).BitsPerSample;
    }
}
