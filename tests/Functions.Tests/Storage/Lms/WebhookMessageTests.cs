using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage.Lms;
using CertFunctions.Testing;

namespace CertFunctions.Functions.Tests.Storage.Lms;

public sealed class WebhookMessageTests
{
    [Fact]
    public void Says_which_message_or_who_arrived()
    {
        var message = new WebhookMessage(WebhookKey.Of("m-1"), null);
        var arrival = new WebhookMessage(null, Sample.Id("u-1"));

        Assert.Equal($$"""{"v":1,"message":"{{WebhookKey.Of("m-1")}}"}""", message.ToString());
        Assert.Equal("""{"v":1,"arrived":"u-1"}""", arrival.ToString());
        Assert.Equal(message, WebhookMessage.Parse(message.ToString()));
        Assert.Equal(arrival, WebhookMessage.Parse(arrival.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"arrived":"u-1"}""")]
    [InlineData("""{"v":1}""")]
    [InlineData("""{"v":1,"message":"../../x"}""")]
    [InlineData("""{"v":1,"arrived":"a/b"}""")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => WebhookMessage.Parse(text));
}
