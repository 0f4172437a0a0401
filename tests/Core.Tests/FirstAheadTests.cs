namespace CertFunctions.Core.Tests;

public sealed class FirstAheadTests
{
    private readonly List<string> happened = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Gives_the_same_items_and_reads_one_of_them_ahead(int count)
    {
        var items = await ItemsAsync(count).WithFirstReadAsync(Cancellation);
        Assert.Equal(count == 0 ? ["end"] : ["1"], happened);

        Assert.Equal(Enumerable.Range(1, count), await items.ToListAsync(Cancellation));
        Assert.Equal([.. Enumerable.Range(1, count).Select(number => $"{number}"), "end"], happened);
    }

    [Fact]
    public async Task Trouble_with_the_first_is_told_at_once_and_leaves_nothing_open()
    {
        await Assert.ThrowsAsync<IOException>(() => ItemsAsync(1, fails: true).WithFirstReadAsync(Cancellation));

        Assert.Equal(["end"], happened);
    }

    private async IAsyncEnumerable<int> ItemsAsync(int count, bool fails = false)
    {
        try
        {
            await Task.Yield();
            if (fails)
            {
                throw new IOException("The storage is away.");
            }

            for (var number = 1; number <= count; number++)
            {
                happened.Add($"{number}");
                yield return number;
            }
        }
        finally
        {
            happened.Add("end");
        }
    }
}
