using System.Text.RegularExpressions;
using RunwareTts.Text;

namespace RunwareTts.Requests;

/// <summary>
/// Refuses cells that were damaged on the way: lone surrogates, replacement characters, NUL, error values of Excel and
/// type names of PowerShell; and invisible characters, except in free text.
/// </summary>
internal static class CellRules
{
    // The same errors in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Danish,
    // Norwegian, Swedish, Turkish, Czech, Finnish and Hungarian, and the one of Google Sheets.
    private static readonly HashSet<string> ExcelErrors = new(
        [
            "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!",
                "#CONNECT!", "#BLOCKED!", "#UNKNOWN!", "#FIELD!", "#CALC!", "#BUSY!", "#PYTHON!", "#EXTERNAL!",
            "#WERT!", "#BEZUG!", "#ZAHL!", "#NV", "#\u00DCBERLAUF!", "#KALK!", "#BLOCKIERT!",
                "#UNBEKANNT!", "#FELD!", "#VERBINDEN!",
            "#NUL!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#PROPAGATION!", "#EPARS!", "#CHAMP!", "#CALCUL!",
                "#BLOQUE!", "#INCONNU!", "#OCCUPE!",
            "#\u00A1NULO!", "#\u00A1DIV/0!", "#\u00A1VALOR!", "#\u00A1REF!", "#\u00BFNOMBRE?", "#\u00A1NUM!",
                "#\u00A1DESBORDAMIENTO!", "#\u00A1CALC!", "#\u00A1CAMPO!",
            "#NULLO!", "#VALORE!", "#RIF!", "#NOME?", "#N/D", "#ESPANSIONE!", "#CALCOLO!", "#CAMPO!",
            "#NULO!", "#VALOR!", "#N\u00DAM!", "#DESPEJAR!", "#DESPEJO!", "#WAARDE!", "#VERW!", "#NAAM?",
                "#GETAL!", "#N/B", "#OVERLOOP!",
            "#ZERO!", "#ARG!", "#ADR!", "#NAZWA?", "#LICZBA!", "#N/D!", "#ROZLANIE!",
            "#\u041F\u0423\u0421\u0422\u041E!", "#\u0414\u0415\u041B/0!", "#\u0417\u041D\u0410\u0427!",
                "#\u0421\u0421\u042B\u041B\u041A\u0410!", "#\u0418\u041C\u042F?", "#\u0427\u0418\u0421\u041B\u041E!",
                "#\u041D/\u0414", "#\u041F\u0415\u0420\u0415\u041D\u041E\u0421!",
            "#V\u00C6RDI!", "#REFERENCE!", "#NAVN?", "#I/T", "#OVERL\u00D8B!", "#VERDI!", "#SPILDT!",
                "#V\u00C4RDEFEL!", "#REFERENS!", "#NAMN?", "#OGILTIGT!", "#SAKNAS!", "#DIVISION/0!",
            "#BO\u015E!", "#SAYI/0!", "#DE\u011EER!", "#BA\u015EV!", "#AD?", "#SAYI!", "#YOK", "#TA\u015EMA!",
            "#HODNOTA!", "#ODKAZ!", "#N\u00C1ZEV?", "#\u010C\u00CDSLO!", "#NEN\u00CD_K_DISPOZICI",
                "#D\u011ALEN\u00CD_NULOU!",
            "#ARVO!", "#VIITTAUS!", "#NIMI?", "#LUKU!", "#PUUTTUU!", "#JAKO/0!", "#TYHJ\u00C4!",
            "#\u00C9RT\u00C9K!", "#HIV!", "#N\u00C9V?", "#SZ\u00C1M!", "#HI\u00C1NYZIK",
                "#Z\u00C9R\u00D3OSZT\u00D3!", "#NULLA!",
            "#DZIEL/0!", "#ERROR!",
        ],
        StringComparer.OrdinalIgnoreCase);

    // LibreOffice has numbers for errors.
    private static readonly Regex OfficeError =
        new(@"^Err:5\d\d$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // ToString of a list, a table or an object, and Export-Csv of a nested row.
    private static readonly Regex TypeName =
        new(@"^(?:System(?:\.\w+)*(?:`\d+)?\[.*\]|System(?:\.\w+){2,}|Microsoft\.PowerShell(?:\.\w+)+"
            + @"|@\{\s*\w+\s*=.*\})$", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    public static void Check(SpeechRow row, Findings findings)
    {
        foreach (RowField field in RowField.All)
        {
            if (field.CellOf(row) is { } cell && Fault(field, cell) is { } fault)
                findings.Refuse(field.Name, fault);
        }
    }

    /// <summary>Why a text was damaged when its file was read; null where it was not.</summary>
    public static string? Damage(string name, string text) =>
        Broken(name, text) ?? PlainText.LostCharacter(name, text);

    private static string? Fault(RowField field, string cell) =>
        Damage(field.Name, cell)
        ?? (CellParser.Clean(cell) is not { } value ? null
            : NoValue(field.Name, value) ?? (field.IsFreeText ? null : Invisible(field.Name, value)));

    private static string? Broken(string name, string cell) =>
        LoneSurrogate(cell) is int half ? $"{name} has half a character (a lone surrogate) at "
            + $"position {half + 1}, which cannot be sent. Read the file with its right encoding, "
            + "such as Import-Csv -Encoding utf8."
        : cell.IndexOf('\0') is >= 0 and int nul ? $"{name} has a NUL character at position {nul + 1}. "
            + "Read the file with its right encoding, such as Import-Csv -Encoding unicode."
        : null;

    private static string? NoValue(string name, string value) =>
        ExcelErrors.Contains(value) || OfficeError.IsMatch(value)
            ? $"{name} is {value}, an error of the spreadsheet and not a value. "
                + "Correct the formula in that cell, then save the CSV again."
        : TypeName.IsMatch(value) ? $"{name} is '{Words.Short(value)}', which is how PowerShell "
            + "writes a list, table or object, and not a value. Give the value that is in it, such as "
            + $"@{{ n = '{name}'; e = {{ $_.{name} -join ' ' }} }} in Select-Object."
        : null;

    private static string? Invisible(string name, string value) =>
        VisibleText.FindInvisible(value) is int at
            ? $"{name} has an invisible character at position {at + 1}: {VisibleText.Describe(value, at)}. "
                + "Type the value again, without it."
            : null;

    private static int? LoneSurrogate(string cell)
    {
        for (int i = 0; i < cell.Length; i++)
        {
            if (!char.IsSurrogate(cell[i]))
                continue;
            if (i + 1 == cell.Length || !char.IsSurrogatePair(cell[i], cell[i + 1]))
                return i;
            i++;
        }

        return null;
    }
}
