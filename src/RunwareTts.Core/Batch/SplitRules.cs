using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Joining;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;
using RunwareTts.Text;

namespace RunwareTts.Batch;

/// <summary>The rules of -Split: which rows are split, and how parts are cut, named and joined.</summary>
internal static class SplitRules
{
    // Seconds, about as a reader pauses. The model leaves some silence at both ends of each part already.
    private const double Gap = 0.15;
    private const double ParagraphGap = 0.6;

    private const string PartsFolder = ".parts";
    private const int NameLength = 24;

    /// <summary>
    /// The text is too long for the service, or for the tokens of one task; or it is to have subtitles or chapters,
    /// which only a joined file has.
    /// </summary>
    public static bool IsNeeded(SpeechRequest request, BatchOptions options) =>
        options.Split && (request.TextLength > SpeechCatalog.Limits.MaxTextLength || options.Subtitle is not null
            || options.Chapters || SpeechLength.Foresee(request) is not null);

    /// <summary>
    /// The parts, none longer than fits one task. A line without a letter or digit, as one of dots, is a pause and no
    /// part.
    /// </summary>
    public static IEnumerable<TtsTextPart> PartsOf(SpeechRequest request)
    {
        TtsTextPart? last = null;
        foreach (TtsTextPart part in TextSplitter.Split(request.Text, SpeechLength.Room(request), request.Language))
        {
            if (PlainText.HasWord(part.Text))
            {
                if (last is not null)
                    yield return last;
                last = part with { Index = (last?.Index ?? 0) + 1 };
            }
            else if (last is not null)
            {
                last = last with { EndsParagraph = true };
            }
        }

        if (last is not null)
            yield return last;
    }

    /// <summary>The requests of all parts.</summary>
    public static SpeechRequest[] PartRequests(SpeechRequest whole) =>
        [.. PartsOf(whole).Select(part => PartRequest(whole, part))];

    /// <summary>
    /// The request of a part. For OGG it is WAV, so that samples are encoded once, when they are joined; MP3 is joined
    /// without encoding.
    /// </summary>
    public static SpeechRequest PartRequest(SpeechRequest whole, TtsTextPart part)
    {
        SpeechRequest request = whole with
        {
            Text = part.Text,
            Id = $"{whole.Id ?? "part"}-{part.Index:0000}",
            OutputPath = null,
            Tags = null,
        };
        return request.OutputFormat == "OGG" ? request with { OutputFormat = "WAV", Bitrate = null } : request;
    }

    /// <summary>Checks before anything is charged whether the parts can be joined as the row asks.</summary>
    /// <exception cref="TtsException">InvalidRequest, OutputExists, OfflineToolMissing.</exception>
    public static void Check(PlannedRow row, bool hasParts, BatchOptions options, OutputPlanner files)
    {
        SpeechRequest request = row.Request!;
        if (row.Target is not { } target)
            throw Errors.Invalid("OutputPath", $"-Split joins the parts of this text of {request.TextLength} "
                + "characters in a file. Give OutputPath or -OutputDirectory.");
        if (!hasParts)
            throw Errors.Invalid("Text", "Text has no letter and no digit, so there is nothing to speak in it. "
                + $"It begins '{Words.Short(request.Text)}'.");
        if (!row.Waits)
            throw Errors.Invalid(request.WebhookUrl is null ? "Async" : "WebhookUrl", "-Split waits for the parts of "
                + "a text to join them. Leave it out, or send the parts of Split-TtsText.");
        if (request.NumberResults > 1)
            throw Errors.Invalid("NumberResults", "-Split joins one result of each part, and NumberResults is "
                + $"{request.NumberResults}. Leave it out.");
        if (request.UploadEndpoint is not null)
            throw Errors.Invalid("UploadEndpoint", "-Split joins the parts here, and the service would upload each of "
                + "them to one place. Leave it out.");
        PartOf(target, AnyHash, request.OutputFormat);
        SpeechJoin.Check(Join(request, target, options, files));
    }

    /// <summary>A file in the folder of the parts, to check that folder before any part is known.</summary>
    public static OutputTarget AnyPartOf(OutputTarget whole) => PartOf(whole, AnyHash, "WAV");

    /// <summary>
    /// The file of a part: next to the joined one, and named by the hash of its request, so that a change in the text
    /// leaves the other parts valid.
    /// </summary>
    public static OutputTarget PartOf(OutputTarget whole, string hash, string format)
    {
        string file = $"{hash.Substring(0, NameLength)}{SpeechCatalog.FindFormat(format)!.Extension}";
        string name = $"{whole.Name}{PartsFolder}/{file}";
        string full = whole.Directory is { } directory
            ? InsideDirectory.Resolve(directory, name) : Path.GetFullPath(name);
        return new OutputTarget(full, name, whole.Directory, 1);
    }

    /// <summary>No subtitles are asked for, or those of this text exist.</summary>
    public static bool HasSubtitle(OutputTarget target, string identity, BatchOptions options, TaskLedger ledger) =>
        SubtitleOf(target, options) is not { } file
        || ledger.Saved(file.FullName)?.Hash == SubtitleHash(identity, file);

    public static FileInfo? SubtitleOf(OutputTarget target, BatchOptions options) =>
        options.Subtitle is { } kind ? new FileInfo(Path.ChangeExtension(target.FullPath, kind)) : null;

    /// <summary>The hash of a text's subtitles in the ledger.</summary>
    public static string SubtitleHash(string identity, FileInfo file) => identity + file.Extension;

    public static JoinOptions Join(
        SpeechRequest request, OutputTarget target, BatchOptions options, OutputPlanner files) =>
        new(target.FullPath)
        {
            Gap = Gap,
            ParagraphGap = ParagraphGap,
            Bitrate = request.Bitrate,
            Tags = request.Tags,
            Subtitle = options.Subtitle,
            Chapters = options.Chapters,
            Force = files.MayReplace(target.FullPath),
            ForceSubtitle = SubtitleOf(target, options) is { } file && files.MayReplace(file.FullName),
        };

    /// <summary>
    /// The chapter of each part: the heading above it; before the first heading, the Id or the name of the file.
    /// </summary>
    public static string[] ChaptersOf(SpeechRequest request, OutputTarget target, IReadOnlyList<string> parts) =>
        [.. Headings.TitlesOf(request.Text, parts).Select(title => title ?? request.Id
            ?? Path.GetFileNameWithoutExtension(target.FullPath))];

    private static string AnyHash => new('0', NameLength);
}
