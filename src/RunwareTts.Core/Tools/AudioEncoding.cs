namespace RunwareTts.Tools;

/// <param name="Format">MP3, WAV, FLAC or OGG.</param>
/// <param name="SampleRate">Hz; null for that of the source.</param>
/// <param name="Channels">Null for those of the source.</param>
/// <param name="Bitrate">kbps; null for a lossless format.</param>
internal sealed record AudioEncoding(string Format, int? SampleRate, int? Channels, int? Bitrate);
