using System.Collections.Concurrent;
using System.Globalization;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Jobs;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Inputs;

/// <summary>
/// Refuses files that are not those that a run's key stands for. Names, sizes and times of change are compared; only where the times alone differ, as in a
/// copy on another machine, are the contents read, once for each state of the files.
/// </summary>
internal sealed class InputCheck(IOriginalInputs originals, ILogger<InputCheck> logger)
{
    private const int MostNamed = 3;

    /// <summary>Stamps that were expected of a folder or file, with those of what turned out to have the same contents.</summary>
    private readonly ConcurrentDictionary<(string Subject, string Expected, string Found), bool> _same = [];

    /// <param name="expected">Null for runs that are not compared: they were stored by an earlier version, or use nothing of the kind.</param>
    /// <param name="input">Which of the files.</param>
    /// <param name="found">What this worker sees.</param>
    /// <param name="files">The same files.</param>
    /// <param name="subject">The folder or file in words, for a message.</param>
    /// <exception cref="TrainingException">They are others (kind Data).</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public void Require(ExpectedInputs? expected, RunInput input, SeenFiles found, FileSet files, string subject, CancellationToken cancel)
    {
        if (expected is null || Of(expected.Inputs, input) is not { } original || original.Stamp == found.Stamp || _same.ContainsKey((subject, original.Stamp, found.Stamp)))
        {
            return;
        }

        if (original.Sizes != found.Sizes)
        {
            throw Changed(subject, Difference(original, found, files));
        }

        logger.LogInformation("{Subject} has other times of change here than where the run was planned; contents are compared", subject);

        // Training has a thread of its own, which has nothing else to do while it waits.
        InputContent content = originals.DescribeAsync(expected.RunId, input, cancel).GetAwaiter().GetResult();
        if (content.Digest is null)
        {
            throw Refuse(
                $"{subject} may not be what it was when the run was planned",
                $"names and sizes are the same, times of change are not, and what was in the files then is not known: {content.Problem}{Newer(original, files)}");
        }

        if (files.ReadContent(cancel) != content.Digest)
        {
            throw Changed(subject, $"names and sizes are the same, the contents are not{Newer(original, files)}");
        }

        _same[(subject, original.Stamp, found.Stamp)] = true;
        logger.LogInformation("{Subject} has the same contents as where the run was planned", subject);
    }

    private static SeenFiles? Of(RunInputs inputs, RunInput input) => input == RunInput.Data ? inputs.Data : inputs.Weights;

    private static string Difference(SeenFiles original, SeenFiles found, FileSet files) =>
        (original.Count, original.Bytes) == (found.Count, found.Bytes)
            ? $"its files have other names or sizes, {Describe(found)} as before{Newer(original, files)}"
            : $"{Describe(original)} then, {Describe(found)} now{Newer(original, files)}";

    private static string Describe(SeenFiles files) => string.Create(CultureInfo.InvariantCulture, $"{files.Count:N0} {(files.Count == 1 ? "file" : "files")} of {files.Bytes:N0} bytes");

    /// <summary>The names of those that were certainly written since, as far as times of change tell.</summary>
    private static string Newer(SeenFiles original, FileSet files) =>
        files.ChangedAfter(original.Newest) is { Count: > 0 } names ? $"; changed or added since: {NameList.Of(names, MostNamed)}" : "";

    private static TrainingException Changed(string subject, string difference) =>
        Refuse($"{subject} is not what it was when the run was planned", difference);

    private static TrainingException Refuse(string problem, string difference) =>
        DatasetErrors.Bad($"{problem}: {difference}. To continue, {DatasetErrors.WhatToDo}");
}
