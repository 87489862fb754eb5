namespace Experiments.GpuWorker.Data;

/// <summary>Lists the image files of a folder that has one sub-folder per class.</summary>
internal static class ClassFolders
{
    private const string Expected = "expected one sub-folder per class with JPEG, PNG, BMP or WebP files in it";

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".bmp", ".webp"];

    /// <summary>The names of the classes, in ordinal order.</summary>
    public static IReadOnlyList<string> ClassesOf(string folder)
    {
        string[] classes = [.. Directory.EnumerateDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.'))
            .Order(StringComparer.Ordinal)];
        return classes switch
        {
            [] => throw DatasetErrors.Bad($"\"{folder}\" has no sub-folders; {Expected}"),
            [var only] => throw DatasetErrors.Bad($"\"{folder}\" has only one class, \"{only}\"; at least two are needed: {Expected}"),
            _ => classes,
        };
    }

    /// <summary>Every image of <paramref name="folder"/>, also in folders below a class folder.</summary>
    public static ImageFileSource Read(string folder, IReadOnlyList<string> classes)
    {
        RefuseOthers(folder, classes);
        var files = new List<string>();
        var labels = new List<int>();
        for (int label = 0; label < classes.Count; label++)
        {
            string[] images = Images(Path.Combine(folder, classes[label]));
            if (images.Length == 0)
            {
                throw DatasetErrors.Bad($"class \"{classes[label]}\" has no image in \"{folder}\"; {Expected}");
            }

            files.AddRange(images);
            labels.AddRange(Enumerable.Repeat(label, images.Length));
        }

        return new ImageFileSource(files, labels);
    }

    private static void RefuseOthers(string folder, IReadOnlyList<string> classes)
    {
        foreach (string name in Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)))
        {
            if (!name.StartsWith('.') && !classes.Contains(name))
            {
                throw DatasetErrors.Bad($"\"{folder}\" has a class \"{name}\" that the training images do not have; their classes: {string.Join(", ", classes)}");
            }
        }
    }

    private static string[] Images(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
}
