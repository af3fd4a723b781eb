using System.Management.Automation;
using System.Security;
using RunwareTts.Runware;

namespace RunwareTts.Binding;

/// <summary>Takes a key as SecureString, PSCredential (its password) or string, as Get-Secret and Read-Host give them.</summary>
public sealed class ApiKeyTransformationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        ApiKey? key = value switch
        {
            ApiKey ready => ready,
            SecureString secure => ApiKey.From(secure),
            PSCredential credential => ApiKey.From(credential.Password),
            string text => ApiKey.From(text),
            _ => null,
        };
        return key ?? throw new ArgumentTransformationMetadataException("The API key must be a SecureString, a PSCredential (its password is the key) or a string, and not blank.");
    }
}
