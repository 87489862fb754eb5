namespace Experiments.Contracts.Configuration;

/// <summary>The file names from which weights can be read, ignoring case.</summary>
public static class WeightFileNames
{
    /// <summary>The allowed names, for a message.</summary>
    public const string Allowed = "the path of a .safetensors, .pth, .pt, .pth.tar or .ckpt file";

    private const string Safetensors = ".safetensors";

    private static readonly string[] Endings = [Safetensors, ".pth", ".pt", ".pth.tar", ".ckpt"];

    /// <summary>Whether the path has the extension of a weights file.</summary>
    public static bool Fits(string path) =>
        Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && path.Length > ending.Length);

    /// <summary>Whether the hyperparameter <c>pretrained</c> names a file by its path.</summary>
    public static bool IsPath(string pretrained) => Fits(pretrained) && !RunReference.IsRun(pretrained);

    /// <summary>Whether the file is to be read as safetensors; otherwise it is one of PyTorch's.</summary>
    public static bool IsSafetensors(string path) => path.EndsWith(Safetensors, StringComparison.OrdinalIgnoreCase);
}
