using System.Globalization;

namespace Experiments.Orchestrator.Runs.Columns;

/// <summary>Collects the parameters of a statement: texts of users never become a part of it.</summary>
internal sealed class SqlValues
{
    private readonly List<object> _values = [];

    public object[] All => [.. _values];

    /// <summary>The placeholder of a value.</summary>
    public string Add(object value)
    {
        _values.Add(value);
        return "{" + (_values.Count - 1).ToString(CultureInfo.InvariantCulture) + "}";
    }

    /// <summary>The expression of a column.</summary>
    public string Place(RunColumn column) =>
        column.Path is { } path ? column.Sql.Replace(RunColumn.PathToken, Add(path), StringComparison.Ordinal) : column.Sql;
}
