using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>
/// Turns every failure of YamlDotNet's scanner into the exception that has a position: for some texts, such as an unindented line of a flow list or an
/// escape of half a surrogate pair, the scanner throws other exceptions.
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
            throw new YamlException(position, position, "this cannot be read; is a line indented too little, or an escape wrong?", exception);
        }
    }
}
