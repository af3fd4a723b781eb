namespace RunwareTts.Providers.SelfHosted;

/// <summary>The API of a server: the fields that it has, and their names.</summary>
public enum ServerKind
{
    VllmOmni,
    SglangOmni,

    /// <summary>Any other server of the OpenAI speech API.</summary>
    OpenAI,
}
