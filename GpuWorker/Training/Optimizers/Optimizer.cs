using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Training.Optimizers.Fused;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>
/// Applies an update rule to named parameters. TorchSharp's own optimizers identify their state only by native handles, and also keep it for
/// frozen parameters. Here state has names, so that a checkpoint can hold it, and is created with a parameter's first
/// gradient. So nothing needs a reset when the backbone is unfrozen: the head keeps its state, the backbone starts with none.
/// </summary>
/// <remarks>Parameters in main memory are updated in one pass (<see cref="FusedPass"/>), others by operations of libtorch.</remarks>
/// <param name="threads">The number of threads for parameters in main memory; results do not depend on it.</param>
internal sealed class Optimizer(IUpdateRule rule, IReadOnlyList<(string Name, Parameter Parameter)> parameters, int threads) : IDisposable
{
    private readonly Dictionary<string, ParameterState> _states = [];
    private readonly ComputeTeam _team = new(threads);

    /// <summary>Updates every parameter that has a gradient, and drops the gradients.</summary>
    /// <returns>The names of the parameters whose averages have also been updated.</returns>
    public IReadOnlySet<string> Step(OptimizerStep step)
    {
        using IDisposable unrecorded = no_grad();
        var averaged = new HashSet<string>();
        var pass = new FusedPass(_team);
        using (NewDisposeScope())
        {
            foreach ((string name, Parameter parameter) in parameters)
            {
                if (parameter.grad is { } gradient)
                {
                    ParameterState state = StateOf(name, parameter);
                    state.Step++;
                    if (DenseTensor.Is(parameter))
                    {
                        pass.Add(Fuse(step, name, parameter, gradient, state, averaged));
                    }
                    else
                    {
                        UpdateByOperations(step, name, parameter, gradient, state);
                    }
                }
            }

            pass.Run();
        }

        DropGradients();
        return averaged;
    }

    /// <summary>The state by <c>parameter/stateName</c>. The tensors are owned by this object and change with the next step.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors() =>
        from state in _states
        from index in Enumerable.Range(0, rule.StateNames.Count)
        select (TensorName(state.Key, index), state.Value[index]);

    /// <summary>Updates so far by parameter.</summary>
    public IReadOnlyDictionary<string, long> Steps() => _states.ToDictionary(state => state.Key, state => state.Value.Step);

    /// <summary>Restores a stored state.</summary>
    /// <param name="read">Gives a stored tensor by name, on any device, for a parameter of the same shape; owned by the caller.</param>
    public void Load(IReadOnlyDictionary<string, long> steps, Func<string, Parameter, Tensor> read)
    {
        foreach ((string name, Parameter parameter) in parameters)
        {
            if (steps.TryGetValue(name, out long step))
            {
                ParameterState state = StateOf(name, parameter);
                state.Step = step;
                for (int i = 0; i < rule.StateNames.Count; i++)
                {
                    state[i].copy_(read(TensorName(name, i), parameter));
                }
            }
        }
    }

    public void Dispose()
    {
        _team.Dispose();
        foreach (ParameterState state in _states.Values)
        {
            state.Dispose();
        }

        _states.Clear();
    }

    private unsafe FusedWork Fuse(OptimizerStep step, string name, Parameter parameter, Tensor gradient, ParameterState state, HashSet<string> averaged)
    {
        Tensor? average = step.AverageOf(name) is { } kept && DenseTensor.HaveOneOrder(parameter, kept) ? kept : null;
        if (average is not null)
        {
            averaged.Add(name);
        }

        var memory = new FusedMemory
        {
            Parameter = DenseTensor.AddressOf(parameter),
            Gradient = DenseTensor.AddressOf(DenseTensor.HaveOneOrder(parameter, gradient) ? gradient : empty_like(parameter).copy_(gradient)),
            First = rule.StateNames.Count > 0 ? DenseTensor.AddressOf(state[0]) : null,
            Second = rule.StateNames.Count > 1 ? DenseTensor.AddressOf(state[1]) : null,
            Average = average is null ? null : DenseTensor.AddressOf(average),
            Length = parameter.numel(),
            GradientFactor = step.GradientFactor,
            AverageShare = step.AverageShare,
            KeepsZeros = step.KeepsZeros(name),
        };
        return rule.Fuse(memory, state.Step, step.LearningRateOf(name));
    }

    private void UpdateByOperations(OptimizerStep step, string name, Parameter parameter, Tensor gradient, ParameterState state)
    {
        using DisposeScope scope = NewDisposeScope();
        using KeptZeros? zeros = step.KeepsZeros(name) ? new KeptZeros(parameter) : null;
        if (step.GradientFactor != 1)
        {
            using Scalar factor = step.GradientFactor;
            gradient.mul_(factor);
        }

        rule.Update(parameter, gradient, state, step.LearningRateOf(name));
    }

    private void DropGradients()
    {
        foreach ((_, Parameter parameter) in parameters)
        {
            if (parameter.grad is { } gradient)
            {
                gradient.Dispose();
                parameter.grad = null;
            }
        }
    }

    private string TensorName(string parameter, int index) => $"{parameter}/{rule.StateNames[index]}";

    private ParameterState StateOf(string name, Parameter parameter)
    {
        if (!_states.TryGetValue(name, out ParameterState? state))
        {
            state = new ParameterState([.. rule.StateNames.Select(_ => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())]);
            _states[name] = state;
        }

        return state;
    }
}
