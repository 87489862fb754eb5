using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>
/// Applies an update rule to named parameters. TorchSharp's own optimizers know their state by native handle only and keep some for
/// frozen parameters as well; here it has names, so that a checkpoint can hold it, and comes into being with a parameter's first
/// gradient. So nothing needs to be reset when the backbone is unfrozen: the head goes on with the state it has, the backbone begins with none.
/// </summary>
public sealed class Optimizer(IUpdateRule rule, IReadOnlyList<(string Name, Parameter Parameter)> parameters) : IDisposable
{
    private readonly Dictionary<string, ParameterState> _states = [];

    /// <summary>Updates every parameter that has a gradient, and drops the gradients.</summary>
    /// <param name="learningRateOf">By the parameter's name.</param>
    public void Step(Func<string, double> learningRateOf)
    {
        using IDisposable unrecorded = no_grad();
        foreach ((string name, Parameter parameter) in parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            if (parameter.grad is { } gradient)
            {
                ParameterState state = StateOf(name, parameter);
                state.Step++;
                rule.Update(parameter, gradient, state, learningRateOf(name));
                parameter.grad = null;
            }
        }
    }

    /// <summary>The state by <c>parameter/stateName</c>. The tensors stay this object's own and change with the next step.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors() =>
        from state in _states
        from index in Enumerable.Range(0, rule.StateNames.Count)
        select (TensorName(state.Key, index), state.Value[index]);

    /// <summary>Updates so far by parameter.</summary>
    public IReadOnlyDictionary<string, long> Steps() => _states.ToDictionary(state => state.Key, state => state.Value.Step);

    /// <summary>Takes over a stored state.</summary>
    /// <param name="read">Gives a stored tensor by name, on any device, for a parameter of the same shape; it stays the caller's.</param>
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
        foreach (ParameterState state in _states.Values)
        {
            state.Dispose();
        }

        _states.Clear();
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
