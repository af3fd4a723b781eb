using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Joining;
using RunwareTts.Ledger;
using RunwareTts.Requests;
using RunwareTts.Text;

namespace RunwareTts.Batch;

/// <summary>What -Split can do, and how its parts are named and joined.</summary>
internal static class SplitRules
{
    // About what a reader waits; the model leaves some silence at both ends of each part.
    private const double Gap = 0.15;
    private const double ParagraphGap = 0.6;

    private const string PartsFolder = ".parts";
    private const int NameLength = 24;

    public static bool IsNeeded(SpeechRequest request) => request.TextLength > SpeechCatalog.Limits.MaxTextLength;

    /// <exception cref="TtsException">InvalidRequest, OutputExists, OfflineToolMissing: what could not be joined is not paid for.</exception>
    public static void Check(SpeechRequest request, OutputTarget? target, bool waits, BatchOptions options, bool mayReplace, TaskLedger ledger)
    {
        if (target is null)
            throw Errors.Invalid("OutputPath", $"-Split joins the parts of this text of {request.TextLength} characters in a file. Give OutputPath or -OutputDirectory.");
        if (!waits)
            throw Errors.Invalid(request.WebhookUrl is null ? "Async" : "WebhookUrl", "-Split waits for the parts of a text to join them. Leave it out, or send the parts of Split-TtsText.");
        if (request.NumberResults > 1)
            throw Errors.Invalid("NumberResults", $"-Split joins one result of each part, and NumberResults is {request.NumberResults}. Leave it out.");
        if (request.UploadEndpoint is not null)
            throw Errors.Invalid("UploadEndpoint", "-Split joins the parts here, and the service would upload each of them to one place. Leave it out.");
        AnyPartOf(target);
        new SpeechJoin(Join(target, options, mayReplace, MayReplaceSubtitle(target, options, ledger))).Dispose();
    }

    /// <summary>One that stands for all of them, before any is known.</summary>
    public static OutputTarget AnyPartOf(OutputTarget whole) => PartOf(whole, new string('0', NameLength));

    /// <summary>The file of a part: beside the joined one, named by what is asked for, so that a text which is changed in one place has its other parts still.</summary>
    public static OutputTarget PartOf(OutputTarget whole, string hash)
    {
        string name = $"{whole.Name}{PartsFolder}/{hash.Substring(0, NameLength)}{Path.GetExtension(whole.FullPath)}";
        string full = whole.Directory is { } directory ? InsideDirectory.Resolve(directory, name) : Path.GetFullPath(name);
        return new OutputTarget(full, name, whole.Directory, 1);
    }

    /// <summary>The subtitles that are asked for are there, or none are.</summary>
    public static bool HasSubtitle(OutputTarget? target, BatchOptions options) =>
        target is null || SubtitleOf(target, options) is null or { Exists: true };

    public static FileInfo? SubtitleOf(OutputTarget target, BatchOptions options) =>
        options.Subtitle is { } kind ? new FileInfo(Path.ChangeExtension(target.FullPath, kind)) : null;

    /// <summary>By -Force, or because they are what was written with the file: they have the same length.</summary>
    public static bool MayReplaceSubtitle(OutputTarget target, BatchOptions options, TaskLedger ledger) =>
        options.Force || SubtitleOf(target, options) is { Exists: true } file && ledger.FindFile(target.FullPath)?.SubtitleBytes == file.Length;

    /// <summary>Each part costs whole steps of price; null for a model without one.</summary>
    public static decimal? EstimatedCost(SpeechRequest request) =>
        request.EstimatedCost is null ? null : TextSplitter.Split(request.Text, null, request.Language).Sum(part => (request with { Text = part.Text }).EstimatedCost);

    public static JoinOptions Join(OutputTarget target, BatchOptions options, bool mayReplace, bool mayReplaceSubtitle) =>
        new(target.FullPath) { Gap = Gap, ParagraphGap = ParagraphGap, Subtitle = options.Subtitle, Force = mayReplace, ForceSubtitle = mayReplaceSubtitle };
}
