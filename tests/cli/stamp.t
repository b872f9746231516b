Stamps of an authority made for this test: a root and a certificate for time stamping, by OpenSSL's command line.

  $ cat >tsa.cnf <<'END'
  > [tsa]
  > default_tsa = t
  > [t]
  > serial = serial
  > signer_cert = tsa.pem
  > signer_key = tsa.key
  > certs = ca.pem
  > signer_digest = sha256
  > default_policy = 1.2.3.4
  > digests = sha256
  > ess_cert_id_alg = sha256
  > [req]
  > distinguished_name = dn
  > [dn]
  > [ca]
  > basicConstraints = critical,CA:true
  > keyUsage = critical,keyCertSign
  > [stamping]
  > extendedKeyUsage = critical,timeStamping
  > keyUsage = critical,digitalSignature
  > END
  $ openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj '/CN=Root of a test' -days 30 -config tsa.cnf -extensions ca 2>/dev/null
  $ openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj '/CN=Another root' -days 30 -config tsa.cnf -extensions ca 2>/dev/null
  $ openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj '/CN=Stamps of a test' -config tsa.cnf 2>/dev/null
  $ openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 7 -days 20 -extfile tsa.cnf -extensions stamping -out tsa.pem 2>/dev/null
  $ echo 01 >serial
  $ everyname new v.everyname >/dev/null
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source Hospital >/dev/null
  $ everyname stamp v.everyname
  everyname stamp: say -o FILE.tsq to write a request, or --answer FILE.tsr to store an answer
  [2]
  $ everyname stamp v.everyname s:70bc.0 -o list.tsq
  Wrote a request to list.tsq. Send it to an authority, as by curl -H 'Content-Type: application/timestamp-query' --data-binary @list.tsq URL, and give its answer by --answer.
  $ openssl ts -query -in list.tsq -text 2>/dev/null | grep -e Hash -e Version -e Certificate
  Version: 1
  Hash Algorithm: sha256
  Certificate required: yes
  $ openssl ts -reply -config tsa.cnf -queryfile list.tsq -out list.tsr 2>/dev/null
  $ openssl ts -verify -data $TESTS/lists/hospital.csv -in list.tsr -CAfile ca.pem 2>/dev/null
  Verification: OK
  $ everyname stamp v.everyname s:70bc.0 --answer list.tsr --authority ca.pem | sed 's/[0-9-]*T[0-9:]*Z/(when)/'
  Stamp W:cfd3.0 of k:70bc.1, (when), by CN=Stamps of a test.
  Ledger entry n:cfd3
  $ everyname stamp v.everyname k:70bc.1 --answer list.tsr | sed 's/[0-9-]*T[0-9:]*Z/(when)/' | head -1
  Stamp W:3fa6.0 of k:70bc.1, (when), by CN=Stamps of a test (not checked against an authority: give its certificate by --authority).
  $ everyname stamp v.everyname s:70bc.0 --answer list.tsr --authority other.pem
  everyname stamp: list.tsr: the stamp is not by that authority: certificate verify error
  [1]
  $ everyname stamp v.everyname --answer list.tsr
  everyname stamp: list.tsr: the stamp is not of this case's ledger
  [1]
  $ everyname stamp v.everyname k:70bc.1 --answer list.tsq
  everyname stamp: list.tsq: is not the answer of a time-stamping authority (RFC 3161): nested asn1 error
  [1]
  $ everyname stamp v.everyname r:70bc.4 -o r.tsq
  everyname stamp: r:70bc.4 is neither a source nor a capture; give s:… or k:…, or no id for the head of the ledger
  [1]
  $ everyname stamp v.everyname -o ledger.tsq >/dev/null
  $ openssl ts -reply -config tsa.cnf -queryfile ledger.tsq -out ledger.tsr 2>/dev/null
  $ everyname import v.everyname $TESTS/lists/families.csv --source Families >/dev/null
  $ everyname stamp v.everyname --answer ledger.tsr --authority ca.pem --json | grep -e entries -e '"of"' -e checked
    "of": null,
    "entries": 4,
    "authority_checked": true,
  $ everyname verify v.everyname | tail -2 | sed 's/head .*/head/'
  3 stamps of authorities.
  It holds. Ledger head
