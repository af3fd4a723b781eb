#if !NET
// What the compiler needs for records, init and required on the netstandard2.0 build, and calls that it lacks.
namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class RequiredMemberAttribute : Attribute;

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    [AttributeUsage(AttributeTargets.Constructor)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;
}

namespace RunwareTts
{
    using System.Reflection;
    using System.Runtime.InteropServices;
    using System.Security.Cryptography;

    internal static class Polyfill
    {
        extension(string text)
        {
            public bool StartsWith(char first) => text.Length > 0 && text[0] == first;

            public bool EndsWith(char last) => text.Length > 0 && text[text.Length - 1] == last;

            public bool Contains(string part, StringComparison how) => text.IndexOf(part, how) >= 0;
        }

        extension(Stream stream)
        {
            public Task<int> ReadAsync(Memory<byte> buffer, CancellationToken token = default)
            {
                ArraySegment<byte> part = PartOf(buffer);
                return stream.ReadAsync(part.Array, part.Offset, part.Count, token);
            }

            public Task WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken token = default)
            {
                ArraySegment<byte> part = PartOf(buffer);
                return stream.WriteAsync(part.Array, part.Offset, part.Count, token);
            }
        }

        extension(MethodInfo method)
        {
            public T CreateDelegate<T>() where T : Delegate => (T)method.CreateDelegate(typeof(T));
        }

        extension(TextReader reader)
        {
            public Task<string> ReadToEndAsync(CancellationToken token)
            {
                token.ThrowIfCancellationRequested();
                return reader.ReadToEndAsync();
            }
        }

        extension(SHA256)
        {
            public static byte[] HashData(byte[] data)
            {
                using SHA256 sha = SHA256.Create();
                return sha.ComputeHash(data);
            }
        }

        extension(Convert)
        {
            public static string ToHexString(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", "");
        }

        extension(ObjectDisposedException)
        {
            public static void ThrowIf(bool isDisposed, object instance)
            {
                if (isDisposed)
                    throw new ObjectDisposedException(instance.GetType().FullName);
            }
        }

        extension(OperatingSystem)
        {
            public static bool IsWindows() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

            public static bool IsLinux() => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

            public static bool IsMacOS() => RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
        }

        extension(Enum)
        {
            public static T Parse<T>(string name) where T : struct => (T)Enum.Parse(typeof(T), name);
        }

        // All buffers here are arrays.
        private static ArraySegment<byte> PartOf(ReadOnlyMemory<byte> buffer) =>
            MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> part) ? part
                : new ArraySegment<byte>(buffer.ToArray());
    }
}
#endif
