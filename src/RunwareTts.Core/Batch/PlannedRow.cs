using System.Globalization;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>What is to be done for a row.</summary>
internal enum RowWork
{
    /// <summary>It is generated.</summary>
    Generate,

    /// <summary>Its files have a doubtful length, and are generated again.</summary>
    GenerateAgain,

    /// <summary>An earlier row of this run asks for the same, and shares its result.</summary>
    Share,

    /// <summary>An earlier run has sent it: what came of it is fetched.</summary>
    Fetch,

    /// <summary>Its files are there, and get other tags.</summary>
    Retag,

    /// <summary>Its files are there, and are uploaded.</summary>
    Upload,

    /// <summary>Its files are there, and are what it asks for.</summary>
    Nothing,
}

/// <summary>A row that was read and has its files, or the error that it is; nothing is sent yet.</summary>
public sealed record PlannedRow
{
    internal PlannedRow(int index, object? source, object? kept) => (Index, Source, Kept) = (index, source, kept);

    /// <summary>Counted from 1.</summary>
    internal int Index { get; }

    /// <summary>The row as it was given, for an error's target.</summary>
    internal object? Source { get; }

    /// <summary>The row for its results to carry, without secrets.</summary>
    internal object? Kept { get; }

    /// <summary>The row's own name, of one that is not valid too.</summary>
    internal string? Id { get; init; }

    /// <summary>It was given on the command line, not piped.</summary>
    internal bool IsAlone { get; init; }

    /// <summary>What every message about it begins with.</summary>
    internal string Name => Part is null ? RowName.Of(Id, Index, IsAlone) : Part.Name;

    /// <summary>There is nothing in it, so that it is passed over.</summary>
    internal bool IsBlank { get; init; }

    /// <summary>The same error was written for an earlier row, and counts for all of them.</summary>
    internal bool IsToldAlready { get; init; }

    /// <summary>All that is wrong with its cells.</summary>
    internal IReadOnlyList<Problem> Problems { get; init; } = [];

    public TtsException? Error { get; internal init; }

    internal IReadOnlyList<string> Warnings { get; init; } = [];

    internal SpeechRequest? Request { get; init; }

    internal OutputTarget? Target { get; init; }

    /// <summary>The files that were taken for it, and not for an equal row before it.</summary>
    internal IReadOnlyList<string> Claimed { get; init; } = [];

    /// <summary>The row waits for its result; otherwise it ends when it is accepted.</summary>
    internal bool Waits { get; init; }

    /// <summary>What makes it equal to other rows, of this run and of earlier ones.</summary>
    internal string Identity { get; init; } = "";

    /// <summary>What earlier runs have left of it.</summary>
    internal History Past { get; init; } = History.None;

    internal RowWork Work { get; init; }

    /// <summary>An earlier row of this run asks for the same.</summary>
    internal bool IsRepeat { get; init; }

    /// <summary>How many different parts its text has that is too long for one task; 0 for one that is not.</summary>
    internal int PartCount { get; init; }

    internal bool IsSplit => PartCount > 0;

    /// <summary>Which part of a longer row it is; null for a row of its own.</summary>
    internal PartOfRow? Part { get; init; }

    /// <summary>
    /// What it will cost; null for a model without a known price. What was paid for before costs nothing.
    /// </summary>
    internal CostEstimate? Estimate { get; init; }

    /// <summary>It is to be asked for before it begins.</summary>
    public bool NeedsConsent => Error is null && !IsBlank;

    /// <summary>What would be done, for -WhatIf and -Confirm.</summary>
    public string Action => Work switch
    {
        RowWork.Nothing => "Leave unchanged, free",
        RowWork.GenerateAgain => $"Generate again, for its doubtful length{Cost}",
        RowWork.Upload => "Upload what is there, free",
        RowWork.Retag => "Write other tags, free",
        RowWork.Share => "Generate (as an earlier row), free",
        RowWork.Fetch => "Fetch what an earlier run has sent",
        _ => $"Generate{Cost}",
    };

    /// <summary>To what.</summary>
    public string Subject =>
        RowName.Say(Name, $"'{Shorten(Request!.Text)}' by {Request.Voice} ({Request.ModelName}) to "
            + $"{Target?.FullPath ?? "no file"}");

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
/// <param name="Name">What messages about it begin with.</param>
/// <param name="Group">All parts of the text.</param>
internal sealed record PartOfRow(string Name, PartGroup Group);
