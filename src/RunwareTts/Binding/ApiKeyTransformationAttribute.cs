using System.Management.Automation;
using System.Security;
using RunwareTts.Providers.Http;

namespace RunwareTts.Binding;

/// <summary>Takes a key as SecureString, PSCredential (its password) or string.</summary>
public sealed class ApiKeyTransformationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Read(PropertyReader.Unwrap(inputData)) ?? throw new ArgumentTransformationMetadataException(
            "The API key must be a SecureString, a PSCredential (its password is the key) or a string, and not blank.");

    private static ApiKey? Read(object? value)
    {
        try
        {
            return value switch
            {
                ApiKey ready => ready,
                SecureString secure => ApiKey.From(secure),
                PSCredential credential => ApiKey.From(credential.Password),
                string text => ApiKey.From(text),
                _ => null,
            };
        }
        catch (TtsException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
