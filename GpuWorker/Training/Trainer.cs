using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Compression;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.GpuWorker.Training.Pretrained;

namespace Experiments.GpuWorker.Training;

/// <summary>Trains with libtorch. Holds nothing of a run: any number may train at a time, each on its own thread.</summary>
internal sealed class Trainer(
    SessionFactory sessions,
    RunDocuments documents,
    PublishedWeightsStore weights,
    IPretrainedRuns runs,
    TrainingOptions options,
    TimeProvider time,
    ILogger<Trainer> logger) : ITrainer
{
    private readonly TrainingLog _log = new(logger);

    public async Task PrepareAsync(TrainingJob job, CancellationToken cancellationToken)
    {
        try
        {
            if (PretrainedSource.Published(job.Hyperparameters) is { } published)
            {
                await weights.FetchAsync(published, cancellationToken);
            }

            foreach (string source in (string[])[job.Hyperparameters.Pretrained, job.Hyperparameters.Teacher])
            {
                if (RunReference.IdOf(source) is { } run)
                {
                    await runs.FetchAsync(run, cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is not TrainingException and not OperationCanceledException)
        {
            throw FailureClassifier.Classify(e);
        }
    }

    public TrainingOutcome Train(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel)
    {
        try
        {
            TorchThreads.Use(options.Threads, options.FlushDenormals);
            return TrainStretch(JobCheck.Resolve(job), listener, stop, cancel);
        }
        catch (Exception e) when (e is not TrainingException and not OperationCanceledException)
        {
            throw FailureClassifier.Classify(e);
        }
    }

    private TrainingOutcome TrainStretch(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop, cancel);
        TrainingSession? session = null;
        CheckpointKeeper? checkpoints = null;
        try
        {
            documents.Write(job);
            session = sessions.Open(job, interrupt.Token);
            _log.Opened(session);
            checkpoints = new CheckpointKeeper(session, listener, options, time);
            return TrainEpochs(session, checkpoints, listener, interrupt.Token, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            if (session is not null)
            {
                checkpoints?.SaveNow();
                _log.Stopped(session);
            }

            return TrainingOutcome.Stopped;
        }
        catch when (checkpoints is not null)
        {
            Flush(checkpoints);
            throw;
        }
        finally
        {
            checkpoints?.Dispose();
            session?.Dispose();
        }
    }

    /// <summary>For a training that fails or is cancelled: what ends it is what is told, whether or not its epochs can be saved.</summary>
    private void Flush(CheckpointKeeper checkpoints)
    {
        try
        {
            checkpoints.Flush();
        }
        catch (Exception e)
        {
            _log.EpochsNotSaved(e);
        }
    }

    /// <param name="interrupt">Stop or cancel.</param>
    private TrainingOutcome TrainEpochs(
        TrainingSession session, CheckpointKeeper checkpoints, ITrainingListener listener, CancellationToken interrupt, CancellationToken cancel)
    {
        var trainer = new EpochTrainer(session, checkpoints, listener, time);
        var closing = new EpochClosing(session, checkpoints, listener, time);
        foreach (EpochResult unknown in session.State.History.Where(result => result.Epoch > session.Job.Epochs.First))
        {
            // Finished by an earlier attempt that ended before it could tell.
            listener.OnEpochFinished(unknown);
        }

        while (session.State.Epoch < session.Job.Epochs.Last && !session.IsRunFinished)
        {
            trainer.Train(interrupt);
            closing.Close(interrupt, cancel);
            _log.EpochFinished(session);
        }

        WeightsFile.Save(session, RunFiles.Last);
        if (session.IsRunFinished)
        {
            _log.Finished(session);
            new Compressor(session).LeaveFiles(cancel);
            RunEvaluation.Run(session, interrupt);

            // Only needed to resume, and a completed run is not resumed.
            File.Delete(session.File(RunFiles.PreviousCheckpoint));
            File.Delete(session.File(RunFiles.PreviousBest));
        }

        return TrainingOutcome.Completed;
    }
}
