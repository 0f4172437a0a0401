using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Functions.Tests.Storage.Awards;

public sealed class SubmitTriesTests
{
    private readonly SubmitTries tries = new();

    [Fact]
    public void The_last_trouble_ends_it_and_says_what_it_was()
    {
        var cause = new IOException("Connection reset.");
        Troubles(SubmitTries.MaxTroubles - 1);

        Assert.Same(cause, Assert.Throws<IOException>(() => tries.AfterTrouble(cause)).InnerException);
    }

    [Fact]
    public void Being_overtaken_for_the_last_time_ends_it()
    {
        Overtaken(SubmitTries.MaxOvertaken - 1);

        Assert.Throws<TimeoutException>(() => tries.AfterOvertaken());
    }

    [Fact]
    public void Whoever_was_overtaken_often_still_has_all_patience_for_trouble()
    {
        Overtaken(SubmitTries.MaxOvertaken - 1);

        Troubles(SubmitTries.MaxTroubles - 1);
    }

    [Fact]
    public void Waits_double_and_stay_below_a_second_where_others_were_faster()
    {
        Assert.Equal([0, 1, 2, 3, 4, 4, 4], Enumerable.Range(0, 7).Select(_ => tries.AfterOvertaken()));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Enumerable.Range(0, 7).Select(_ => tries.AfterTrouble(new IOException())));
    }

    private void Troubles(int count) =>
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, count).Select(_ => tries.AfterTrouble(new IOException())));

    private void Overtaken(int count) =>
        Assert.Equal(count, Enumerable.Range(0, count).Select(_ => tries.AfterOvertaken()).Count(wait => wait <= 4));
}
