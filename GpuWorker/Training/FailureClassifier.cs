using System.Runtime.InteropServices;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Training;

/// <summary>Derives the kind of a training's failure from an exception.</summary>
internal static class FailureClassifier
{
    private static readonly string[] MemoryMessages = ["out of memory", "can't allocate memory", "not enough memory"];

    public static TrainingException Classify(Exception exception) => exception switch
    {
        TrainingException known => known,
        OutOfMemoryException => OutOfMemory(exception),
        ExternalException when MemoryMessages.Any(text => exception.Message.Contains(text, StringComparison.OrdinalIgnoreCase)) => OutOfMemory(exception),
        IOException => new TrainingException(FailureKind.Crash, $"a file of the run could not be read or written: {exception.Message}", exception),
        _ => new TrainingException(FailureKind.Crash, $"{exception.GetType().Name}: {FirstLine(exception.Message)}", exception),
    };

    private static TrainingException OutOfMemory(Exception exception) => new(
        FailureKind.OutOfMemory,
        $"the device has not enough memory: {FirstLine(exception.Message)}. A smaller batchSize or imageSize needs less",
        exception);

    // libtorch adds its own call stack below the message.
    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
