namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Class folders that are said to be those of a published data set.</summary>
public static class PublishedClassFolders
{
    /// <param name="name">Of the data set, as people write it.</param>
    /// <param name="expected">Its classes.</param>
    /// <param name="found">Those of the folder.</param>
    /// <returns>Why they are not; null where they are.</returns>
    public static string? WhyOthers(string folder, string name, IReadOnlyList<string> expected, IReadOnlyList<string> found, bool hasTest)
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
