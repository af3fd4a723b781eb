namespace RunwareTts.Tools;

/// <summary>Null means as in the source, and no bitrate for a lossless format.</summary>
internal sealed record AudioEncoding(string Format, int? SampleRate, int? Channels, int? Bitrate);
