namespace RunwareTts.Tests.Text;

/// <summary>So many characters of a pattern, which nobody holds: how far it was read tells how much is held.</summary>
internal sealed class EndlessText(string pattern, long length) : TextReader
{
    public long Taken { get; private set; }

    public override int Read(char[] buffer, int index, int count)
    {
        int read = (int)Math.Min(count, length - Taken);
        for (int i = 0; i < read; i++)
            buffer[index + i] = pattern[(int)((Taken + i) % pattern.Length)];
        Taken += read;
        return read;
    }
}
