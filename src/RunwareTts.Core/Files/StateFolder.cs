namespace RunwareTts.Files;

/// <summary>The user's folder for what is kept between runs and belongs to no batch.</summary>
internal static class StateFolder
{
    /// <inheritdoc cref="UserFolder.TryFind"/>
    public static string? TryFind() => UserFolder.TryFind("XDG_STATE_HOME", ".local", "state");
}
