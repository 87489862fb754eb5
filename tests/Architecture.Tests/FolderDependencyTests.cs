using System.Reflection;

namespace Experiments.Architecture.Tests;

/// <summary>The dependencies between the folders of a project form no cycle, like those between projects. A type's namespace is its folder.</summary>
public sealed class FolderDependencyTests
{
    public static TheoryData<string> Projects => [.. Repository.Projects.Where(project => project != "AppHost")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_FormNoCycle(string project)
    {
        ILookup<string, TypeUse> uses = TypeUse.ReadFrom(Assembly.Load($"Experiments.{project}").Location)
            .Where(use => use.UserFolder != use.UsedFolder)
            .ToLookup(use => use.UserFolder);
        HashSet<string> folders = [.. uses.Select(folder => folder.Key)];

        // A folder that uses no other remaining one, or is used by none, is in no cycle.
        while (folders.RemoveWhere(folder => !uses[folder].Any(use => folders.Contains(use.UsedFolder))
            || !folders.Any(other => uses[other].Any(use => use.UsedFolder == folder))) > 0)
        {
        }

        Assert.True(folders.Count == 0, $"{folders.Count} folders of {project} are in cycles or between two:\n" + string.Join('\n',
            from folder in folders
            from use in uses[folder]
            where folders.Contains(use.UsedFolder)
            group $"{use.User} -> {use.Used}" by $"{folder} -> {use.UsedFolder}" into edge
            orderby edge.Key
            select $"{edge.Key}: {string.Join(", ", edge.Order())}"));
    }
}
