namespace CertFunctions.Core.Tests;

public sealed class AttemptsTests
{
    [Fact]
    public void Allows_as_many_as_the_limit_says_and_no_more()
    {
        var attempts = new Attempts();
        for (var count = 0; count < Limits.WriteAttempts; count++)
        {
            attempts.Next();
        }

        Assert.Throws<TimeoutException>(attempts.Next);
    }
}
