using System.Runtime.InteropServices;

namespace Experiments.ServiceDefaults.Files;

/// <summary>Gives a file a second name (a hard link), which takes no space; a copy where the file system has none.</summary>
public static partial class FileLink
{
    /// <summary>Files that are replaced, never changed in place, can be linked: the other name keeps the content. An existing file is replaced.</summary>
    /// <exception cref="IOException">There is no such source, or the target cannot be written.</exception>
    public static void Create(string source, string target)
    {
        File.Delete(target);
        if (!TryLink(source, target))
        {
            File.Copy(source, target, overwrite: true);
        }
    }

    private static bool TryLink(string source, string target)
    {
        try
        {
            return OperatingSystem.IsWindows() ? CreateHardLink(target, source, 0) : Link(source, target) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Link(string source, string target);

    [LibraryImport("kernel32.dll", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string target, string source, nint security);
}
