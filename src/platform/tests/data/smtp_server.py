"""A real SMTP server (aiosmtpd) for the tests of mail. Prints its port, then one JSON line per mail it has taken.

arguments: certificate, key, and any of: notls (offers no STARTTLS), auth (wants user "mit" with password "geheim"),
impatient (hangs up when nothing is said for 0.3 s)
Recipients later@… are put off with 451, never@… are refused with 550.
"""
import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("later@"):
            return "451 4.3.2 Please try again later"
        if address.startswith("never@"):
            return f"550 5.1.1 <{address}> is unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "peer": session.peer,
                          "tls": session.ssl is not None, "hello": session.host_name,
                          "signed_in": bool(session.authenticated),
                          "data": base64.b64encode(envelope.original_content).decode()}), flush=True)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    ok = mechanism == "PLAIN" and data.login == b"mit" and data.password == b"geheim"
    return AuthResult(success=ok, handled=False)


async def main():
    certificate, key, *words = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()

    def protocol():
        return SMTP(Handler(), hostname="mail.test", loop=loop, tls_context=None if "notls" in words else context,
                    authenticator=authenticate, auth_required="auth" in words,
                    timeout=0.3 if "impatient" in words else 60)

    server = await loop.create_server(protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)  # lives as long as the test holds our standard input


asyncio.run(main())
