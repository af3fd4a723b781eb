namespace RunwareTts.Providers.SelfHosted;

/// <summary>What a server understands, and by which names.</summary>
public enum ServerKind
{
    VllmOmni,
    SglangOmni,

    /// <summary>Any other server of the OpenAI speech API.</summary>
    OpenAI,
}
