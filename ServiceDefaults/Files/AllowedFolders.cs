namespace Experiments.ServiceDefaults.Files;

/// <summary>The folders that users may name files in.</summary>
/// <param name="roots">Empty to allow all folders.</param>
public sealed class AllowedFolders(IReadOnlyList<string> roots)
{
    private readonly string[] _roots = [.. roots.Select(RealPath.Of)];

    /// <summary>Full paths; empty when all folders are allowed.</summary>
    public IReadOnlyList<string> Roots { get; } = roots;

    /// <summary>True when the path is in one of the folders after links have been resolved: a link must not lead out.</summary>
    /// <exception cref="IOException">A link has no target or is circular.</exception>
    public bool Contain(string path) => _roots.Length == 0 || _roots.Any(root => RealPath.IsAtOrBelow(RealPath.Of(path), root));
}
