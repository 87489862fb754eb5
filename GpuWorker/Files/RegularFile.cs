using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Files;

/// <summary>Opens files that users name. Reading a pipe waits for its writer, and reading a device may never end.</summary>
internal static class RegularFile
{
    /// <param name="refusal">Makes the exception for an empty file, a pipe, a device or a socket: all have length 0.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileStream OpenRead(string path, Func<string, Exception> refusal) => LinkedFile.Stamp(path).Length == 0
        ? throw refusal($"\"{path}\" is empty, or not a regular file")
        : File.OpenRead(path);
}
