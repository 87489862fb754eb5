using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Files;

/// <summary>Opens files that users name. Reading a pipe waits for its writer, and reading a device may never end.</summary>
internal static class RegularFile
{
    /// <exception cref="IOException">The file cannot be read, is empty, or is a pipe, device or socket: their length is 0.</exception>
    public static FileStream OpenRead(string path) => LinkedFile.Stamp(path).Length == 0
        ? throw new IOException($"\"{path}\" is empty, or not a regular file")
        : File.OpenRead(path);
}
