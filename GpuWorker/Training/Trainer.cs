using Experiments.Contracts.Configuration;
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

/// <summary>Trains with libtorch. Stateless between runs: several may train at the same time, each on its own thread.</summary>
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
            checkpoints = new CheckpointKeeper(job, session.Progress, session.Checkpoint, session.Weights, listener, options, time);
            return TrainEpochs(session, checkpoints, listener, interrupt.Token, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            if (session is not null)
            {
                checkpoints?.SaveNow();
                _log.Stopped(session.Progress.State);
            }

            return TrainingOutcome.Stopped;
        }
        catch (OperationCanceledException) when (checkpoints is not null)
        {
            // No attempt resumes from the files of a cancelled one.
            ReportLast(checkpoints.ReportUnsaved);
            throw;
        }
        catch when (checkpoints is not null)
        {
            ReportLast(checkpoints.Flush);
            throw;
        }
        finally
        {
            checkpoints?.Dispose();
            session?.Dispose();
        }
    }

    /// <summary>Reports the last epochs of a training that failed or was cancelled. If that fails too, it is only logged: the first exception is the one to report.</summary>
    private void ReportLast(Action report)
    {
        try
        {
            report();
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
        var closing = new EpochClosing(session, NewCompressor(session), checkpoints, listener, time);
        foreach (EpochResult unknown in session.Progress.State.History.Where(result => result.Epoch > session.Job.Epochs.First))
        {
            // Finished by an earlier attempt that ended before it could report them.
            listener.OnEpochFinished(unknown);
        }

        while (session.Progress.State.Epoch < session.Job.Epochs.Last && !session.Progress.IsRunFinished)
        {
            trainer.Train(interrupt);
            closing.Close(interrupt, cancel);
            _log.EpochFinished(session);
        }

        session.Weights.Save(RunFiles.Last);
        if (session.Progress.IsRunFinished)
        {
            _log.Finished(session);
            NewCompressor(session).WriteMissingFiles(cancel);
            var pass = new OutcomePass(session.Network.Normalizer, session.Network.Device, session.Evaluator.BatchSize);
            new RunEvaluation(session.Job, session.Data, pass, session.Network.Device).Run(interrupt);

            // Only needed to resume, and a completed run is not resumed.
            File.Delete(session.Job.PathOf(RunFiles.PreviousCheckpoint));
            File.Delete(session.Job.PathOf(RunFiles.PreviousBest));
        }

        return session.Progress.IsRunFinished ? TrainingOutcome.Completed : TrainingOutcome.RangeEnded;
    }

    private static Compressor NewCompressor(TrainingSession session) =>
        new(session.Job, session.Data, session.Network, session.Evaluator, session.Progress);
}
