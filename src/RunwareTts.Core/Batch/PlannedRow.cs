using System.Globalization;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>What a row needs.</summary>
internal enum RowWork
{
    /// <summary>A new task.</summary>
    Generate,

    /// <summary>A new task, because its files have a doubtful length.</summary>
    GenerateAgain,

    /// <summary>The result of an equal, earlier row of this run.</summary>
    Share,

    /// <summary>The result of a task that an earlier run sent.</summary>
    Fetch,

    /// <summary>Other tags in its files.</summary>
    Retag,

    /// <summary>An upload of its files.</summary>
    Upload,

    /// <summary>Nothing: its files are what it asks for.</summary>
    Nothing,
}

/// <summary>A row with its request, its files and its past, or with its error. Nothing was sent for it yet.</summary>
public sealed record PlannedRow
{
    internal PlannedRow(int index, object? source, object? kept) => (Index, Source, Kept) = (index, source, kept);

    /// <summary>Counted from 1.</summary>
    internal int Index { get; }

    /// <summary>The row as it was given, for an error's target.</summary>
    internal object? Source { get; }

    /// <summary>The row for its results to carry, without secrets.</summary>
    internal object? Kept { get; }

    /// <summary>The row's own name, also if the row is invalid.</summary>
    internal string? Id { get; init; }

    /// <summary>It was given on the command line, not piped.</summary>
    internal bool IsAlone { get; init; }

    /// <summary>Every message about it begins with this.</summary>
    internal string Name => Part is null ? RowName.Of(Id, Index, IsAlone) : Part.Name;

    /// <summary>All its cells are blank, so it is skipped.</summary>
    internal bool IsBlank { get; init; }

    /// <summary>Its error was written for an earlier row already, and is not repeated.</summary>
    internal bool IsReported { get; init; }

    /// <summary>The problems of its cells.</summary>
    internal IReadOnlyList<Problem> Problems { get; init; } = [];

    public TtsException? Error { get; internal init; }

    internal IReadOnlyList<string> Warnings { get; init; } = [];

    internal SpeechRequest? Request { get; init; }

    /// <summary>The preset voice that is sent in place of auto, which the service refuses; else null.</summary>
    internal string? Chosen { get; init; }

    /// <summary>
    /// The language of its speech; for a part that of the whole text, so that all parts have one voice.
    /// </summary>
    internal string Language { get => field ?? Request!.SpokenLanguage; init; }

    internal OutputTarget? Target { get; init; }

    /// <summary>The files that it claimed, without those that an equal row had claimed before.</summary>
    internal IReadOnlyList<string> Claimed { get; init; } = [];

    /// <summary>The row waits for its result; otherwise it ends when it is accepted.</summary>
    internal bool Waits { get; init; }

    /// <summary>Equal for rows that ask for the same audio, in this run and in earlier ones.</summary>
    internal string Identity { get; init; } = "";

    /// <summary>
    /// Names and claims its files. The same as Identity, but for a voice that is kept for a description, whose clip may
    /// not be there yet.
    /// </summary>
    internal string Key { get; init; } = "";

    /// <summary>The row that casts its voice, before its own task can be sent; null for none.</summary>
    internal PlannedRow? Casting { get; init; }

    /// <summary>It is the first row of that voice, so its estimate has the casting in it.</summary>
    internal bool CastsVoice { get; init; }

    /// <summary>What earlier runs did for it.</summary>
    internal History Past { get; init; } = History.None;

    internal RowWork Work { get; init; }

    /// <summary>An earlier row of this run asks for the same.</summary>
    internal bool IsRepeat { get; init; }

    /// <summary>The number of different parts of a text that is split; else 0.</summary>
    internal int PartCount { get; init; }

    internal bool IsSplit => PartCount > 0;

    /// <summary>Which part of a longer row it is; null for a row of its own.</summary>
    internal PartOfRow? Part { get; init; }

    /// <summary>Its estimated cost; null for a model without a known price.</summary>
    internal CostEstimate? Estimate { get; init; }

    /// <summary>ShouldProcess must be asked before it starts.</summary>
    public bool NeedsConsent => Error is null && !IsBlank;

    /// <summary>The action that -WhatIf and -Confirm show.</summary>
    public string Action => Work switch
    {
        RowWork.Nothing => "Leave unchanged, free",
        RowWork.GenerateAgain => $"Generate again, for its doubtful length{Cost}",
        RowWork.Upload => "Upload what is there, free",
        RowWork.Retag => "Write other tags, free",
        RowWork.Share => "Generate (as an earlier row), free",
        RowWork.Fetch => "Fetch what an earlier run has sent",
        _ when CastsVoice => $"Cast its voice, then generate{Cost}",
        _ => $"Generate{Cost}",
    };

    /// <summary>The target that -WhatIf and -Confirm show.</summary>
    public string Subject =>
        RowName.Prefix(Name, $"'{Shorten(Request!.Text)}' by {SpokenBy(Request)} to "
            + $"{Target?.FullPath ?? "no file"}");

    private static string SpokenBy(SpeechRequest request) =>
        request.Voice.Length == 0 ? request.ModelName : $"{request.Voice} ({request.ModelName})";

    private string Cost => Estimate switch
    {
        null => ", at a price that is not known",
        { Usd: 0 } => ", free",
        { } cost => string.Format(CultureInfo.InvariantCulture, ", about {0:0.0000##} USD ({1})", cost.Usd,
            Errors.HowEstimated(cost.Source)),
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text.Substring(0, 57)}...";
}

/// <summary>A part of a text that is too long for one task.</summary>
/// <param name="Name">Messages about it begin with this.</param>
/// <param name="Group">All parts of the text.</param>
internal sealed record PartOfRow(string Name, PartGroup Group);
