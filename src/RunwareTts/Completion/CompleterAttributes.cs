using System.Management.Automation;

namespace RunwareTts.Completion;

public sealed class VoiceCompleterAttribute() : ArgumentCompleterAttribute(typeof(VoiceCompleter));

public sealed class VoiceNameCompleterAttribute() : ArgumentCompleterAttribute(typeof(VoiceNameCompleter));

public sealed class LanguageCompleterAttribute() : ArgumentCompleterAttribute(typeof(LanguageCompleter));

public sealed class ModelCompleterAttribute() : ArgumentCompleterAttribute(typeof(ModelCompleter));

public sealed class FormatCompleterAttribute() : ArgumentCompleterAttribute(typeof(FormatCompleter));

public sealed class SampleRateCompleterAttribute() : ArgumentCompleterAttribute(typeof(SampleRateCompleter));

public sealed class ChannelsCompleterAttribute() : ArgumentCompleterAttribute(typeof(ChannelsCompleter));

public sealed class BitrateCompleterAttribute() : ArgumentCompleterAttribute(typeof(BitrateCompleter));

public sealed class OutputTypeCompleterAttribute() : ArgumentCompleterAttribute(typeof(OutputTypeCompleter));

public sealed class SpeedCompleterAttribute() : ArgumentCompleterAttribute(typeof(SpeedCompleter));

public sealed class StyleCompleterAttribute() : ArgumentCompleterAttribute(typeof(StyleCompleter));

public sealed class NumberResultsCompleterAttribute() : ArgumentCompleterAttribute(typeof(NumberResultsCompleter));

public sealed class TaskCompleterAttribute() : ArgumentCompleterAttribute(typeof(TaskCompleter));

public sealed class OutputPathCompleterAttribute() : ArgumentCompleterAttribute(typeof(OutputPathCompleter));
