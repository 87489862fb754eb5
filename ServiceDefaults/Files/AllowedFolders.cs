namespace Experiments.ServiceDefaults.Files;

/// <summary>The folders that users may name files in.</summary>
/// <param name="roots">None means anywhere.</param>
public sealed class AllowedFolders(IReadOnlyList<string> roots)
{
    private readonly string[] _roots = [.. roots.Select(RealPath.Of)];

    /// <summary>Full paths; empty when files may be anywhere.</summary>
    public IReadOnlyList<string> Roots { get; } = roots;

    /// <summary>True when the path lies in one of the folders, after links have been followed: a link must not lead out.</summary>
    /// <exception cref="IOException">A link leads nowhere or in a circle.</exception>
    public bool Contain(string path) => _roots.Length == 0 || _roots.Any(root => RealPath.IsAtOrBelow(RealPath.Of(path), root));
}
