using System.Collections;
using System.Globalization;
using System.Management.Automation;
using RunwareTts.Requests;

namespace RunwareTts.Binding;

/// <summary>
/// Lets only a plain number become a number of the command line. PowerShell would make a list of 1,5, 15 of '1,5', 5 of
/// '0,5', and 2 of 1.5 where a whole number is asked for.
/// </summary>
public sealed class OneNumberAttribute(string parameter, bool isWhole) : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = PropertyReader.Unwrap(inputData);
        Findings findings = new();
        switch (value)
        {
            case IList list when RowCellAttribute.CommaNumber(list) is { } number:
                throw Refused($"{parameter} holds a list of {number.Before} and {number.After}, which "
                    + "PowerShell makes of a number with a comma. " + (isWhole ? "Write a whole number."
                        : CellParser.HintForCommaNumber(parameter, number.Before, number.After)));
            case string text when isWhole:
                return CellParser.ReadInteger(parameter, text, "", findings) ?? (object)Checked(findings, text);
            case string text:
                return (double?)CellParser.ReadDecimal(parameter, text, findings) ?? (object)Checked(findings, text);
            case double or float or decimal when isWhole
                && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var exact && exact != Math.Truncate(exact):
                throw Refused($"{parameter} {exact.ToString(CultureInfo.InvariantCulture)} is not a "
                    + "whole number. Write digits only.");
            default:
                return inputData;
        }
    }

    private static string Checked(Findings findings, string text) =>
        findings.Problems.Count == 0 ? text : throw Refused(findings.Problems[0].Message);

    private static ArgumentTransformationMetadataException Refused(string why) => new(VisibleText.Of(why));
}
