namespace RunwareTts.Files;

/// <summary>
/// Moves, deletes and opens files that another program looks at for a moment. On Windows a virus scanner, an indexer or
/// a sync client opens every new file, and until it closes it a rename or a delete fails.
/// </summary>
internal static class FileRetry
{
    private const int AccessDenied = unchecked((int)0x80070005);

    // ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION; of a folder ERROR_DIR_NOT_EMPTY, while a
    // file in it is deleted and still open; of ReplaceFile ERROR_UNABLE_TO_REMOVE_REPLACED, which leaves both files.
    private static readonly int[] Passing =
    [
        AccessDenied,
        unchecked((int)0x80070020),
        unchecked((int)0x80070021),
        unchecked((int)0x80070091),
        unchecked((int)0x80070497),
    ];

    // About a second in all.
    private static readonly int[] Waits = [5, 10, 20, 40, 80, 160, 240, 480];

    /// <summary>Repeats it while it fails for a reason that passes, as only those of Windows do.</summary>
    public static Task RunAsync(Action action) => RunAsync(action, OperatingSystem.IsWindows());

    internal static Task RunAsync(Action action, bool isWindows) => RunAsync(
        () =>
        {
            action();
            return true;
        },
        isWindows);

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<T> RunAsync<T>(Func<T> open) => RunAsync(open, OperatingSystem.IsWindows());

    private static async Task<T> RunAsync<T>(Func<T> open, bool isWindows)
    {
        foreach (int wait in isWindows ? Waits : [])
        {
            try
            {
                return open();
            }
            catch (Exception e) when (IsPassing(e))
            {
                // The other program is soon done with it.
            }

            await Task.Delay(wait).ConfigureAwait(false);
        }

        return open();
    }

    /// <summary>The same for constructors and Dispose, which cannot await. It blocks only while it fails.</summary>
    public static T Run<T>(Func<T> open)
    {
        foreach (int wait in OperatingSystem.IsWindows() ? Waits : [])
        {
            try
            {
                return open();
            }
            catch (Exception e) when (IsPassing(e))
            {
                Thread.Sleep(wait);
            }
        }

        return open();
    }

    public static Task MoveAsync(string from, string to) => RunAsync(() => File.Move(from, to));

    /// <summary>A read-only file is deleted too.</summary>
    public static Task DeleteAsync(string path) => RunAsync(() => Delete(path));

    /// <summary>Replaces a file, which may be read-only, by an action that puts another in its place.</summary>
    public static Task ReplaceAsync(string path, Action replace) => RunAsync(() => WithoutReadOnly(path, replace));

    /// <summary>Deletes what is no longer used. A file that cannot be deleted is not an error.</summary>
    public static Task TidyAsync(string path) => InSilenceAsync(DeleteAsync(path));

    /// <inheritdoc cref="TidyAsync"/>
    public static void Tidy(string path)
    {
        try
        {
            Run(() =>
            {
                Delete(path);
                return true;
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next batch in this folder deletes it.
        }
    }

    /// <inheritdoc cref="TidyAsync"/>
    public static Task TidyFolderAsync(string folder) =>
        InSilenceAsync(RunAsync(() => Directory.Delete(folder, recursive: true)));

    /// <summary>Deletes a file, read-only or not, in one try.</summary>
    public static void Delete(string path) => WithoutReadOnly(path, () => File.Delete(path));

    private static async Task InSilenceAsync(Task tidying)
    {
        try
        {
            await tidying.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was made is good all the same.
        }
    }

    private static void WithoutReadOnly(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e.HResult == AccessDenied && IsReadOnly(path))
        {
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            action();
        }
    }

    // Elsewhere it is the folder that decides what may be deleted.
    private static bool IsReadOnly(string path) =>
        OperatingSystem.IsWindows() && File.Exists(path) && (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0;

    private static bool IsPassing(Exception e) =>
        e is IOException or UnauthorizedAccessException && Array.IndexOf(Passing, e.HResult) >= 0;
}
