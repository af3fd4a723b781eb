namespace RunwareTts.Binding;

/// <summary>Where the pages of docs/en-US stand for <c>Get-Help -Online</c>.</summary>
internal static class HelpPages
{
    public const string Root = "https://github.com/RunwareTts/RunwareTts/blob/main/docs/en-US/";
}
