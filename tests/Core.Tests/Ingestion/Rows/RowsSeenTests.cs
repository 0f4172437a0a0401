using CertFunctions.Core.Ingestion.Rows;

namespace CertFunctions.Core.Tests.Ingestion.Rows;

public sealed class RowsSeenTests
{
    [Fact]
    public void Knows_the_first_line_of_each_of_a_hundred_thousand_rows()
    {
        var seen = new RowsSeen();
        Assert.All(Enumerable.Range(0, 100_000), n => Assert.Null(seen.Add($"u-{n % 1_000}", $"c-{n / 1_000}", n)));

        Assert.All(Enumerable.Range(0, 100_000), n => Assert.Equal(n, seen.Add($"u-{n % 1_000}", $"c-{n / 1_000}", n + 100_000)));
    }

    [Fact]
    public void Knows_where_the_one_part_ends_and_the_other_begins()
    {
        var seen = new RowsSeen();

        Assert.Null(seen.Add("ab", "c", 1));
        Assert.Null(seen.Add("a", "bc", 2));
        Assert.Null(seen.Add("A", "bc", 3));
    }

    [Fact]
    public void Remembers_the_limits_number_of_rows_and_not_one_more()
    {
        var seen = new RowsSeen(3);
        for (var line = 1; line <= 4; line++)
        {
            seen.Add($"u-{line}", "c", line);
        }

        Assert.Equal(3, seen.Add("u-3", "c", 9));
        Assert.Null(seen.Add("u-4", "c", 9));
    }

    [Fact]
    public void Knows_after_being_restored_what_it_knew_and_saves_only_what_is_new()
    {
        var before = new RowsSeen();
        before.Add("u-1", "c", 1);
        var first = before.Remember();
        before.Add("u-2", "c", 2);
        before.Add("u-1", "c", 3);
        var second = before.Remember();
        var after = new RowsSeen();
        after.Restore(first.Span);
        after.Restore(second.Span);

        Assert.Equal([16, 16, 0], [first.Length, second.Length, before.Remember().Length]);
        Assert.Equal([1, 2], [after.Add("u-1", "c", 9)!.Value, after.Add("u-2", "c", 9)!.Value]);
        Assert.True(after.Remember().IsEmpty);
    }
}
