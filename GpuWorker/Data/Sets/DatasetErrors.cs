using System.Globalization;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Data.Sets;

internal static class DatasetErrors
{
    /// <summary>The number of images that a message names; the log of the run names all.</summary>
    public const int MostNamed = 20;

    /// <summary>The advice for files that have changed.</summary>
    public const string WhatToDo = "launch the sweep again to train on what is there now, or put the files back as they were and retry the run";

    public static TrainingException Bad(string message, Exception? inner = null) => new(FailureKind.Data, message, inner);

    /// <param name="corrupt">At least one.</param>
    /// <param name="of">The number of images that were decoded.</param>
    public static TrainingException Corrupt(IReadOnlyList<CorruptImage> corrupt, int of) => Bad(corrupt is [var only]
        ? $"{only.Place} cannot be decoded: {only.Reason}. Fix or remove it, or set skipCorrupt: true in the dataset block"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{corrupt.Count:N0} of {of:N0} images cannot be decoded: {string.Join("; ", corrupt.Take(MostNamed))}{Others(corrupt.Count)}. Fix or remove them, or set skipCorrupt: true in the dataset block"));

    private static string Others(int count) =>
        count <= MostNamed ? "" : string.Create(CultureInfo.InvariantCulture, $"; and {count - MostNamed:N0} more, all named in the log of the run");
}
