using System.Globalization;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>A row that was read and has its files, or the error that it is; nothing is sent yet.</summary>
public sealed class PlannedRow
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

    /// <summary>What every message about it begins with.</summary>
    internal string Name =>
        Whole is null ? RowName.Of(Id, Index, IsAlone)
        : RowName.Say(Whole, $"part {Part.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>It was given on the command line, not piped.</summary>
    internal bool IsAlone { get; init; }

    internal SpeechRequest? Request { get; init; }
    internal OutputTarget? Target { get; init; }

    /// <summary>The files that were taken for it, and not for an equal row before it.</summary>
    internal IReadOnlyList<string> Claimed { get; init; } = [];

    /// <summary>Its text is too long for one task.</summary>
    internal bool IsSplit { get; init; }

    /// <summary>Different parts of such a text.</summary>
    internal int PartCount { get; init; }

    /// <summary>It is a part of such a one. Its file is named by what is asked for, so that whatever bears that name may be replaced.</summary>
    internal bool IsPart => Whole is not null;

    /// <summary>The name of the row that it is a part of, and which part it is.</summary>
    internal string? Whole { get; init; }

    internal int Part { get; init; }

    /// <summary>There is nothing in it, so that it is passed over.</summary>
    internal bool IsBlank { get; init; }

    /// <summary>The same error was written for an earlier row, and counts for all of them.</summary>
    internal bool IsToldAlready { get; init; }

    /// <summary>It is to be asked for before it begins.</summary>
    public bool NeedsConsent => Error is null && !IsBlank;

    /// <summary>The row waits for its result; otherwise it ends when it is accepted.</summary>
    internal bool Wait { get; init; }

    /// <summary>What makes it equal to other rows, of this run and of earlier ones.</summary>
    internal string Identity { get; init; } = "";

    /// <summary>What the ledger says last of an equal request; null where it is to be spoken.</summary>
    internal LedgerEvent? Known { get; init; }

    /// <summary>Its files are all there already, in their order.</summary>
    internal IReadOnlyList<LedgerEvent> Unchanged { get; init; } = [];

    /// <summary>The first of its files, where all are there and something is still to be done: they get other tags, or are spoken again.</summary>
    internal LedgerEvent? Redo { get; init; }

    /// <summary>Its files have a doubtful length, and are spoken again.</summary>
    internal bool IsSuspect { get; init; }

    /// <summary>Its audio is to be uploaded, and was not.</summary>
    internal bool IsUploadDue { get; init; }

    /// <summary>An earlier row of this run asks for the same.</summary>
    internal bool IsRepeat { get; init; }

    internal IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>All that is wrong with its cells.</summary>
    internal IReadOnlyList<Problem> Problems { get; init; } = [];

    public TtsException? Error { get; internal init; }

    /// <summary>What would be done, for -WhatIf and -Confirm.</summary>
    public string Action =>
        Unchanged.Count > 0 ? "Leave unchanged, free"
        : IsSuspect ? $"Speak again, for its doubtful length{Cost}"
        : Redo is not null && IsUploadDue ? "Upload what is there, free"
        : Redo is not null ? "Write other tags, free"
        : IsRepeat ? "Speak (as an earlier row), free"
        : Known is not null ? "Fetch what an earlier run has sent"
        : $"Speak{Cost}";

    /// <summary>To what.</summary>
    public string Subject =>
        RowName.Say(Name, $"'{Shorten(Request!.Text)}' by {Request.Voice} ({Request.ModelName}) to "
            + $"{Target?.FullPath ?? "no file"}");

    /// <summary>
    /// What it will cost; null for a model without a known price. What was paid for before costs nothing.
    /// </summary>
    internal CostEstimate? Estimate { get; init; }

    private string Cost => Estimate switch
    {
        null => ", at a price that is not known",
        { Usd: 0 } => ", free",
        { } cost => string.Format(CultureInfo.InvariantCulture, ", about {0:0.0000##} USD ({1})", cost.Usd,
            Errors.HowEstimated(cost.Source)),
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : $"{text.Substring(0, 57)}...";
}
