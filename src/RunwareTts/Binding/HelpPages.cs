namespace RunwareTts.Binding;

/// <summary>The address of the pages of docs/en-US for <c>Get-Help -Online</c>.</summary>
internal static class HelpPages
{
    public const string Root = "https://github.com/RunwareTts/RunwareTts/blob/main/docs/en-US/";
}
