using System.Management.Automation;

namespace RunwareTts.Completion;

public sealed class VoiceCompleterAttribute() : ArgumentCompleterAttribute(typeof(VoiceCompleter));

public sealed class LanguageCompleterAttribute() : ArgumentCompleterAttribute(typeof(LanguageCompleter));

public sealed class ModelCompleterAttribute() : ArgumentCompleterAttribute(typeof(ModelCompleter));

public sealed class FormatCompleterAttribute() : ArgumentCompleterAttribute(typeof(FormatCompleter));

public sealed class OutputTypeCompleterAttribute() : ArgumentCompleterAttribute(typeof(OutputTypeCompleter));
