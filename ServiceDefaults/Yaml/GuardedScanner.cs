using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>
/// Has every text that cannot be read end in the one exception that says where: for some, such as a flow list that goes on at the margin or an
/// escape that stands for half a character, YamlDotNet's scanner throws whatever it stumbles over.
/// </summary>
internal sealed class GuardedScanner(IScanner scanner) : IScanner
{
    public Mark CurrentPosition => scanner.CurrentPosition;

    public Token? Current => scanner.Current;

    public bool MoveNext() => Guard(scanner.MoveNext);

    public bool MoveNextWithoutConsuming() => Guard(scanner.MoveNextWithoutConsuming);

    public void ConsumeCurrent() => scanner.ConsumeCurrent();

    private bool Guard(Func<bool> move)
    {
        try
        {
            return move();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            Mark position = scanner.CurrentPosition;
            throw new YamlException(position, position, "what stands here cannot be read; is a line indented too little, or an escape wrong?", exception);
        }
    }
}
