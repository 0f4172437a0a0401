using System.Text;
using CertFunctions.Core.Lms;
using CertFunctions.Testing.Lms;

namespace CertFunctions.Core.Tests.Lms;

public sealed class WebhookEnvelopeTests
{
    private const string Element = """{"user_id":1}""";

    public static TheoryData<string> NoJson => ["", " ", "{", "[]", "null", "\"x\"", "{}{}", "{\"a\":}", new string('[', 100)];

    [Theory]
    [MemberData(nameof(NoJson))]
    public void What_is_no_JSON_object_is_refused(string body) => Assert.Equal("invalid_json", Refused(body).Code);

    [Theory]
    [InlineData("""{"event":"user.created","payload":{}}""", "message_id")]
    [InlineData("""{"message_id":null,"event":"user.created","payload":{}}""", "message_id")]
    [InlineData("""{"message_id":" ","event":"user.created","payload":{}}""", "message_id")]
    [InlineData("""{"message_id":12,"event":"user.created","payload":{}}""", "message_id")]
    [InlineData("""{"message_id":"\ud83d","event":"user.created","payload":{}}""", "message_id")]
    [InlineData("""{"message_id":"m-1","payload":{}}""", "event")]
    [InlineData("""{"message_id":"m-1","event":"user.created"}""", "payload")]
    [InlineData("""{"message_id":"m-1","event":"user.created","payload":{},"payloads":[{}]}""", "payload")]
    [InlineData("""{"message_id":"m-1","event":"user.created","payload":[]}""", "payload")]
    [InlineData("""{"message_id":"m-1","event":"user.created","payloads":{}}""", "payloads")]
    [InlineData("""{"message_id":"m-1","event":"user.created","payloads":[]}""", "payloads")]
    public void Names_the_member_that_is_wrong(string body, string member)
    {
        var why = Refused(body);

        Assert.Equal("invalid_request", why.Code);
        Assert.Equal([member], why.Errors!.Keys);
    }

    [Fact]
    public void Takes_25_elements_and_no_more()
    {
        Assert.Equal(25, Read(LmsMessage.Of("m-1", "user.created", [.. Enumerable.Repeat(Element, 25)])).Payloads.Count);
        Assert.Equal(["payloads"], Refused(LmsMessage.Of("m-1", "user.created", [.. Enumerable.Repeat(Element, 26)])).Errors!.Keys);
    }

    [Fact]
    public void Takes_a_message_id_of_255_and_an_event_of_100_characters_and_no_more()
    {
        Assert.Equal(255, Read(LmsMessage.Of(new string('m', 255), new string('e', 100), Element)).MessageId.Length);
        Assert.Equal(
            ["event", "message_id"],
            Refused(LmsMessage.Of(new string('m', 256), new string('e', 101), Element)).Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lets_be_what_means_nothing_to_it()
    {
        var envelope = Read("""{"message_id":"m-1","nope":["\ud83d",{"a":1,"a":2}],"event":"user.created","payloads":null,"payload":{"x":"\ud83d"}}""");

        Assert.Equal(("m-1", "user.created", 1), (envelope.MessageId, envelope.Event, envelope.Payloads.Count));
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() =>
        Assert.True(WebhookEnvelope.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(LmsMessage.Of("m-1", "e", Element))]).IsDone(out _, out _));

    private static WebhookEnvelope Read(string body) =>
        Assert.IsType<Outcome<WebhookEnvelope>.Done>(WebhookEnvelope.Read(Encoding.UTF8.GetBytes(body))).Value;

    private static Rejection Refused(string body) =>
        Assert.IsType<Outcome<WebhookEnvelope>.Rejected>(WebhookEnvelope.Read(Encoding.UTF8.GetBytes(body))).Why;
}
