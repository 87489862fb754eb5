namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>
/// Times gamma when the validation loss has not improved by a ten-thousandth for more than <paramref name="patience"/> epochs;
/// <c>torch.optim.lr_scheduler.ReduceLROnPlateau</c> with its other settings at their defaults.
/// </summary>
internal sealed class PlateauSchedule(double gamma, int patience) : ISchedule
{
    private const double Threshold = 1e-4;

    public double FactorAt(SchedulePoint point)
    {
        double factor = 1;
        double best = double.PositiveInfinity;
        int bad = 0;
        foreach (double loss in point.ValidationLosses)
        {
            bool better = loss < best * (1 - Threshold);
            best = better ? loss : best;
            bad = better ? 0 : bad + 1;
            if (bad > patience)
            {
                factor *= gamma;
                bad = 0;
            }
        }

        return factor;
    }
}
