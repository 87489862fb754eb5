namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Checks class folders that are named as a published data set.</summary>
public static class PublishedClassFolders
{
    /// <param name="name">The data set's usual name.</param>
    /// <param name="expected">Its classes.</param>
    /// <param name="found">The folder's classes.</param>
    /// <returns>Why they do not match; null if they do.</returns>
    public static string? DescribeMismatch(string folder, string name, IReadOnlyList<string> expected, IReadOnlyList<string> found, bool hasTest)
    {
        if (!hasTest)
        {
            return $"\"{folder}\" has no folder of test images, such as \"test\"; {name} has them";
        }

        return found.SequenceEqual(expected)
            ? null
            : $"the class folders in \"{folder}\" are not those of {name}: {string.Join(", ", found)}; expected {string.Join(", ", expected)}. For images of your own, name the data set imagefolder";
    }
}
